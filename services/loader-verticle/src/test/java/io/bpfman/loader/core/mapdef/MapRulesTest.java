package io.bpfman.loader.core.mapdef;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapRulesTest {
  private static final MapRules.Host HOST = new MapRules.Host("6.18.4-amd64", 4096);

  /** Each of these is made by Linux 6.18. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, 8, 4, 0", "1, 512, 8, 4, 1", "2, 4, 8, 1, 0x400", "3, 4, 4, 1, 0", "4, 4, 4, 1, 0",
    "5, 4, 32768, 1, 0", "6, 4, 32768, 1, 0", "9, 4, 8, 4, 2", "11, 8, 4, 4, 1", "14, 4, 8, 4, 0",
    "16, 4, 4, 4, 0", "17, 4, 4, 4, 0", "22, 0, 4, 4, 0", "24, 4, 8, 0, 1", "27, 0, 0, 4096, 0",
    "29, 4, 8, 0, 1", "30, 0, 8, 4, 0", "31, 0, 0, 65536, 0", "33, 0, 0, 4, 0x400"
  })
  void whatTheKernelTakesBreaksNoRule(int type, long key, long value, long entries, String flags) {
    assertEquals(
        Optional.empty(),
        MapRules.broken(map(type, key, value, entries, Integer.decode(flags), null), HOST));
  }

  @ParameterizedTest
  @CsvSource({
    "5.4.0-100-generic, 27, 5.8",
    "6.0.12, 31, 6.1",
    "4.19.0, 25, 5.4",
    "5.15.0, 30, 5.16"
  })
  void aTypeThatCameLaterIsToldWithItsVersion(String release, int type, String since) {
    MapRules.Reason reason =
        MapRules.broken(map(type, 0, 0, 4096, 0, null), new MapRules.Host(release, 4096))
            .orElseThrow();
    assertTrue(reason.kernelLacksIt());
    assertTrue(reason.property().contains("came with Linux " + since), reason.property());
    assertTrue(reason.property().contains(release), reason.property());
  }

  @ParameterizedTest
  @CsvSource({"0", "5000", "12288", "2048"})
  void aRingBufferOfAnotherSizeIsToldWithThePageSize(long bytes) {
    assertTrue(property(map(27, 0, 0, bytes, 0, null)).contains("page size, 4096 bytes"));
    assertFalse(
        MapRules.broken(map(27, 0, 0, 65536, 0, null), new MapRules.Host("6.1", 65536))
            .isPresent());
  }

  @Test
  void theRuleThatTheInnerMapBreaksIsTold() {
    MapDefinition inner = map(2, 8, 8, 1, 0, null);
    assertEquals(
        "of its inner map, its key has 8 bytes; of a map of type array the kernel wants 4",
        property(map(12, 4, 4, 2, 0, inner)));
    assertTrue(property(map(13, 4, 4, 2, 0, null)).contains("does not say what is in it"));
  }

  @Test
  void unknownFlagsAreToldAsBits() {
    assertEquals(
        "its map_flags hold BPF_F_CLONE and 0x40000000, which a map of type array does not take",
        property(map(2, 4, 4, 1, 1 << 30 | 1 << 9, null)));
  }

  private static String property(MapDefinition map) {
    return MapRules.broken(map, HOST).orElseThrow().property();
  }

  private static MapDefinition map(
      int type, long key, long value, long entries, int flags, @Nullable MapDefinition inner) {
    return new MapDefinition("m", type, new MapDefinition.Sizes(key, value), entries, flags, inner);
  }
}
