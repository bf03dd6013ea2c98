package io.bpfman.loader.core.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A real table of types, damaged: reading, rendering and encoding end in BtfException at worst. */
class HostileBtfTest {
  /** What maps hold at most (KMALLOC_MAX_SIZE of Linux). */
  private static final long MAX_VALUE = 4L << 20;

  private static byte[] table = {};

  @BeforeContainer
  static void read() throws IOException {
    try (InputStream text =
        Objects.requireNonNull(HostileBtfTest.class.getResourceAsStream("/btf/maps.btf.hex"))) {
      String hex = new String(text.readAllBytes(), StandardCharsets.US_ASCII);
      table = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  @Property(tries = 3000)
  void damagedTypesAreRenderedAndEncodedOrRefused(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int id, @ForAll byte[] value) {
    Random random = new Random(seed);
    byte[] damaged = damage(random);
    try {
      BtfTypes types = BtfTypes.read(damaged);
      if (types.size(id) > MAX_VALUE) {
        return;
      }
      BtfValueType type = types.value(id, Math.toIntExact(types.size(id)));
      byte[] bytes = Arrays.copyOf(value, Math.toIntExact(types.size(id)));
      String json = type.toJson(bytes);
      assertNotNull(decoded(json), json);
      type.toBytes(decoded(json));
      type.toBytes(Map.of("x", 1));
    } catch (BtfException refused) {
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Property(tries = 1000)
  void anyBytesEndInATableOrAreRefused(@ForAll @Size(max = 300) byte[] content) {
    try {
      BtfTypes.read(content);
    } catch (BtfException refused) {
      assertFalse(refused.getMessage().isBlank());
    }
  }

  @Property(tries = 1000)
  void encodedNumbersComeBack(@ForAll long seed) throws BtfException {
    BtfTypes types = BtfTypes.read(table);
    byte[] bytes = new byte[4];
    new Random(seed).nextBytes(bytes);
    BtfValueType type = types.value(number(types), 4);
    assertEquals(
        HexFormat.of().formatHex(bytes),
        HexFormat.of().formatHex(type.toBytes(decoded(type.toJson(bytes)))));
  }

  /** A plain number of four bytes. */
  private static int number(BtfTypes types) throws BtfException {
    for (int id = 1; ; id++) {
      if (types.resolve(id) instanceof BtfType.Int number && number.size() == 4) {
        return id;
      }
    }
  }

  private static byte[] damage(Random random) {
    byte[] damaged = table.clone();
    int changes = random.nextInt(5);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(damaged.length);
      damaged[at] = (byte) (random.nextBoolean() ? random.nextInt(64) : random.nextInt());
    }
    return random.nextInt(20) == 0
        ? Arrays.copyOf(damaged, random.nextInt(damaged.length))
        : damaged;
  }

  private static Object decoded(String json) {
    try {
      return Objects.requireNonNull(Json.decodeValue(json));
    } catch (DecodeException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
