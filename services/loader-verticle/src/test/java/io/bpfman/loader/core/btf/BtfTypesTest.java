package io.bpfman.loader.core.btf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.Bytes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The resource is the section .BTF of the object of bpf/maps.bpf.c, as hexadecimal digits. */
class BtfTypesTest {
  private static final String RECORD =
      "{\"packets\":18446744073709551615,\"delta\":-7,\"verdict\":\"DENY\",\"label\":\"dns\","
          + "\"seen\":true,\"word\":258,\"bytes\":[2,1,0,0]}";
  private static final String RECORD_BYTES =
      "ffffffffffffffff" + "f9ffffff" + "01000000" + "646e730000000000" + "01000000" + "02010000";

  private static final byte[] BLOB = blob();

  private static byte[] blob() {
    try (InputStream in = BtfTypesTest.class.getResourceAsStream("/btf/maps.btf.hex")) {
      String digits = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.replace("\n", ""));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static BtfValueType type(String name, int size) throws BtfException {
    BtfTypes types = BtfTypes.read(BLOB);
    for (int id = 1; id < 200; id++) {
      if (types.describe(id).equals(name)) {
        return types.value(id, size);
      }
    }
    throw new AssertionError("no type " + name);
  }

  @Test
  void aStructIsShownWithNamesTextsAndUnions() throws BtfException {
    assertEquals(RECORD, type("struct record", 32).toJson(Bytes.ofHex(RECORD_BYTES).toArray()));
    assertEquals("struct record", type("struct record", 32).name());
  }

  @Test
  void whatIsShownGoesBackToTheSameBytes() throws BtfException {
    byte[] bytes = type("struct record", 32).toBytes(new JsonObject(RECORD).getMap());
    assertEquals(RECORD_BYTES, Bytes.of(bytes).toHex());
  }

  @Test
  void bitFieldsShareTheirBytes() throws BtfException {
    BtfValueType flow = type("struct flow", 8);
    String json = "{\"address\":1,\"port\":53,\"kind\":9,\"rest\":4094}";
    byte[] bytes = flow.toBytes(new JsonObject(json).getMap());
    assertEquals("010000003500e9ff", Bytes.of(bytes).toHex());
    assertEquals(json, flow.toJson(bytes));
  }

  @Test
  void aValueThatIsNoNameOfItsEnumerationIsShownAsANumber() throws BtfException {
    BtfValueType verdict = type("enum verdict", 4);
    assertEquals("7", verdict.toJson(new byte[] {7, 0, 0, 0}));
    assertEquals("\"ALLOW\"", verdict.toJson(new byte[4]));
    assertArrayEquals(new byte[] {1, 0, 0, 0}, verdict.toBytes("DENY"));
    assertArrayEquals(new byte[] {1, 0, 0, 0}, verdict.toBytes("0x1"));
  }

  @Test
  void textThatIsNoneIsShownAsNumbers() throws BtfException {
    String shown =
        type("struct record", 32)
            .toJson(Bytes.ofHex(RECORD_BYTES.replace("646e73", "64ff73")).toArray());
    assertTrue(shown.contains("\"label\":[100,-1,115,0,0,0,0,0]"), shown);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    misfit("packets", -1, "packets: a whole number from 0 to 18446744073709551615 is needed");
    misfit("label", "much too long", "label: a text of at most 8 bytes");
    misfit("seen", 2, "seen: true or false is needed");
    misfit("bytes", List.of(1, 2), "bytes: an array of 4 elements is needed");
    misfit("nosuch", 1, "has no member \"nosuch\"");
    misfit("word", 7, "contradict one another");
    misfit("verdict", "PERHAPS", "verdict: a whole number");
  }

  private static void misfit(String member, Object value, String words) {
    Map<String, Object> fields = new LinkedHashMap<>(new JsonObject(RECORD).getMap());
    fields.put(member, value);
    BtfException thrown =
        assertThrows(BtfException.class, () -> type("struct record", 32).toBytes(fields));
    assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
  }

  @Test
  void aMissingMemberIsNamed() {
    Map<String, Object> fields = new LinkedHashMap<>(new JsonObject(RECORD).getMap());
    fields.remove("delta");
    BtfException thrown =
        assertThrows(BtfException.class, () -> type("struct record", 32).toBytes(fields));
    assertEquals("member \"delta\" is missing", thrown.getMessage());
  }

  @Test
  void aTypeOfAnotherSizeIsRefused() {
    BtfException thrown = assertThrows(BtfException.class, () -> type("struct record", 31));
    assertTrue(thrown.getMessage().contains("has 32 bytes, the map 31"), thrown.getMessage());
  }

  @Test
  void typesThatContainThemselvesAreRefused() throws BtfException {
    ByteBuffer types = ByteBuffer.allocate(24 + 24 + 1).order(ByteOrder.LITTLE_ENDIAN);
    types.putShort((short) 0xEB9F).put((byte) 1).put((byte) 0).putInt(24);
    types.putInt(0).putInt(24).putInt(24).putInt(1);
    types.putInt(0).putInt(10 << 24).putInt(2).putInt(0).putInt(9 << 24).putInt(1);
    BtfTypes table = BtfTypes.read(types.array());
    assertThrows(BtfException.class, () -> table.value(1, 4));
    assertThrows(BtfException.class, () -> table.describe(1));
  }

  @Property(tries = 2000)
  void anyDamageEndsInAValueOrInOneSentence(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 4000) Integer> places,
      @ForAll byte with,
      @ForAll @IntRange(min = 0, max = 4000) int length) {
    byte[] damaged = BLOB.clone();
    places.forEach(place -> damaged[place % damaged.length] ^= with);
    byte[] cut = length % 3 == 0 ? java.util.Arrays.copyOf(damaged, length) : damaged;
    try {
      BtfTypes types = BtfTypes.read(cut);
      for (int id = 0; id < 60; id++) {
        use(types, id);
      }
    } catch (BtfException refused) {
      assertNotNull(refused.getMessage());
    }
  }

  private static void use(BtfTypes types, int id) {
    try {
      int size = (int) Math.min(4096, types.size(id));
      BtfValueType type = types.value(id, size);
      assertNotNull(new JsonObject("{\"v\":" + type.toJson(new byte[size]) + "}"));
      type.toBytes(Map.of());
    } catch (BtfException refused) {
      assertNotNull(refused.getMessage());
    }
  }
}
