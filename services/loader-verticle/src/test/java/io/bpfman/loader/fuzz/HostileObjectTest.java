package io.bpfman.loader.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.elf.ElfObjectReader;
import io.bpfman.loader.core.Sections;
import io.bpfman.loader.core.objectfile.MapPlan;
import io.bpfman.loader.core.objectfile.ObjectCheck;
import io.bpfman.loader.core.objectfile.ObjectDamageException;
import io.bpfman.loader.core.objectfile.ObjectRewrite;
import io.bpfman.loader.core.objectfile.UnfitObjectException;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** Objects that clang made, damaged: whatever reads them ends in its own exception at worst. */
class HostileObjectTest {
  private static final int OBJECTS = 10;

  private static final List<byte[]> SEEDS = new ArrayList<>();
  private static Path directory = Path.of("unset");

  @BeforeContainer
  static void compile() throws IOException {
    directory = Files.createTempDirectory("hostile");
    for (Path object : RealObjects.compile(directory).values()) {
      SEEDS.add(Files.readAllBytes(object));
    }
  }

  @AfterContainer
  static void removeFiles() throws IOException {
    SEEDS.clear();
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Property(tries = 4000)
  void checkOfADamagedObjectEndsInAVerdict(
      @ForAll long seed, @ForAll @IntRange(max = OBJECTS - 1) int object) {
    byte[] damaged = new ObjectMutator(seed).mutate(SEEDS.get(object));
    try {
      ObjectCheck.check(ByteBuffer.wrap(damaged));
    } catch (ObjectDamageException refused) {
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Property(tries = 4000)
  void otherWordsForADamagedObjectPassTheCheckOrAreRefused(
      @ForAll long seed, @ForAll @IntRange(max = OBJECTS - 1) int object) {
    byte[] damaged = new ObjectMutator(seed).mutate(SEEDS.get(object));
    try {
      ObjectRewrite rewrite = ObjectRewrite.of(ByteBuffer.wrap(damaged));
      ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(rewrite.prepare()));
      rewrite.write(target);
      ObjectCheck.check(target);
      boolean filling = seed % 2 == 0;
      List<String> wanted = List.of("entry", "count_xdp");
      MapPlan plan = MapPlan.of(target, new MapPlan.Wanted(wanted, Set.of("steps"), filling));
      plan.apply(target);
      ObjectCheck.check(target);
    } catch (ObjectDamageException | UnfitObjectException refused) {
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Property(tries = 2000)
  void readerOfADamagedObjectEndsInFactsOrInTheDomainsException(
      @ForAll long seed, @ForAll @IntRange(max = OBJECTS - 1) int object) throws IOException {
    Path file = directory.resolve("damaged.o");
    Files.write(file, new ObjectMutator(seed).mutate(SEEDS.get(object)));
    try {
      ObjectFacts facts = new ElfObjectReader().read(file);
      facts.functions().values().forEach(Sections::typeOf);
    } catch (BpfmanException refused) {
      Assertions.assertEquals(FailureCode.BYTECODE_INVALID, refused.code());
      assertTrue(refused.getMessage().contains(file.toString()));
    }
  }

  @Property(tries = 500)
  void everyTextIsASectionNameOfAKnownTypeOrOfNone(@ForAll String name) {
    assertTrue(
        Sections.typeOf(name).isEmpty()
            || Sections.typeOf("?" + name).equals(Sections.typeOf(name)));
  }
}
