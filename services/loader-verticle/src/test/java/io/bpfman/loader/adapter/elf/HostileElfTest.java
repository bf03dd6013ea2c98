package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class HostileElfTest {
  private static Path file = Path.of("unset");

  @BeforeContainer
  static void makeFile() throws IOException {
    file = Files.createTempFile("hostile", ".o");
  }

  @AfterContainer
  static void removeFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @Property(tries = 2000)
  void anyDamagedObjectEndsInFactsOrInTheDomainsException(
      @ForAll @Size(min = 1, max = 6) int[] places,
      @ForAll byte[] values,
      @ForAll @IntRange(max = 4000) int cut)
      throws IOException {
    Files.write(file, damaged(ElfBuilder.object(), places, values, cut));
    try {
      assertTrue(new ElfObjectReader().read(file).functions().size() <= 9);
    } catch (BpfmanException refused) {
      assertEquals(FailureCode.BYTECODE_INVALID, refused.code());
    }
  }

  @Property(tries = 2000)
  void anyDamagedTargetEndsInAPlaceOrInTheDomainsException(
      @ForAll @Size(min = 1, max = 6) int[] places,
      @ForAll byte[] values,
      @ForAll @IntRange(max = 4000) int cut)
      throws IOException {
    ElfBuilder library = new ElfBuilder().library(0x1000);
    int text = library.section(".text", 1, ElfBuilder.CODE);
    byte[] whole = library.symbol("work", 0x12, text, 0x1010, 16).build();
    Files.write(file, damaged(whole, places, values, cut));
    AttachSpec.Uprobe spec = new AttachSpec.Uprobe(file.toString(), "work", 0, null, null);
    try {
      assertEquals(
          file.toRealPath(), new ElfProbeTargets(Hosts.of(Path.of("/proc"))).find(spec).binary());
    } catch (BpfmanException refused) {
      assertTrue(
          Set.of(FailureCode.TARGET_NOT_FOUND, FailureCode.SYMBOL_NOT_FOUND)
              .contains(refused.code()));
    }
  }

  /** Headers and the section table are hit as often as the rest. */
  private static byte[] damaged(byte[] content, int[] places, byte[] values, int cut) {
    for (int i = 0; i < places.length; i++) {
      int place = Math.floorMod(places[i], content.length);
      int aimed = i % 2 == 0 ? place : place % 120;
      content[aimed] = values.length == 0 ? (byte) -1 : values[i % values.length];
    }
    return cut >= content.length ? content : Arrays.copyOf(content, cut);
  }
}
