package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A container writes its own cache. */
class HostileLinkerCacheTest {
  private static final byte[][] WHOLE = {
    new LinkerCacheBuilder().libraries().modern(),
    new LinkerCacheBuilder().libraries().both(),
    new LinkerCacheBuilder().libraries().old()
  };

  @Property(tries = 5000)
  void anyDamagedCacheEndsInEntriesOrInTheFormatsException(
      @ForAll @IntRange(max = 2) int which,
      @ForAll @Size(max = 6) int[] places,
      @ForAll byte[] values,
      @ForAll @IntRange(max = 2000) int cut) {
    byte[] file = WHOLE[which].clone();
    for (int i = 0; i < places.length; i++) {
      int at = Math.floorMod(places[i], i % 2 == 0 ? Math.min(64, file.length) : file.length);
      file[at] = i < values.length ? values[i] : (byte) 0xff;
    }
    byte[] torn = cut < file.length ? Arrays.copyOf(file, cut) : file;
    try {
      LinkerCacheFile.parse(ByteBuffer.wrap(torn), "amd64")
          .forEach(entry -> assertTrue(entry.name().length() <= 4096));
    } catch (ElfFormatException refused) {
      assertTrue(refused.getMessage().startsWith("is "), refused.getMessage());
    }
  }
}
