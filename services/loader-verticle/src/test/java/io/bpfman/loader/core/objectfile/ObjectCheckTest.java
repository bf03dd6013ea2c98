package io.bpfman.loader.core.objectfile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.fuzz.RealObjects;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each damage is one on which libbpf 1.1.2 reads or writes elsewhere, or does not come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectCheckTest {
  private final Map<String, byte[]> objects = new HashMap<>();

  @BeforeAll
  void compile(@TempDir Path directory) throws IOException {
    for (Map.Entry<String, Path> object : RealObjects.compile(directory).entrySet()) {
      objects.put(object.getKey(), Files.readAllBytes(object.getValue()));
    }
  }

  @Test
  void everyObjectOfClangPasses() throws Exception {
    for (byte[] object : objects.values()) {
      ObjectCheck.sound(ByteBuffer.wrap(object));
    }
  }

  @Test
  void typeThatDoesNotExistIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    refused(patch.put(patch.type(BtfTable.POINTER) + 8, 70_000), "names BTF type 70000");
  }

  @Test
  void typeThatIsItsOwnNameIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    int self = patch.typeId(BtfTable.TYPEDEF);
    refused(patch.put(patch.type(BtfTable.TYPEDEF) + 8, self), "contain themselves");
  }

  @Test
  void structThatContainsItselfIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    int self = patch.typeId(BtfTable.STRUCT);
    refused(patch.put(patch.type(BtfTable.STRUCT) + 16, self), "contain themselves");
  }

  @Test
  void nameBeyondTheNamesIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    refused(patch.put(patch.type(BtfTable.STRUCT), 1 << 30), "name beyond");
  }

  @Test
  void numberWithoutSizeIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    refused(patch.put(patch.type(BtfTable.INT) + 8, 0), "a number of 0 bytes");
  }

  @Test
  void functionWhoseEndOverflowsIsRefused() throws Exception {
    ObjectPatch patch = object("daemon");
    patch.put(patch.function() + 8, -8L).put(patch.function() + 16, 16L);
    refused(patch, "does not fit section");
  }

  @Test
  void functionThatEndsWithinAnInstructionIsRefused() throws Exception {
    ObjectPatch patch = object("daemon");
    int function = patch.function();
    SectionTable.Section section =
        SectionTable.read(Window.of(patch.bytes())).at(patch.bytes().getShort(function + 6));
    int last =
        Math.toIntExact(
            section.offset()
                + patch.bytes().getLong(function + 8)
                + patch.bytes().getLong(function + 16)
                - 8);
    refused(patch.put(last, 0x18), "ends within an instruction");
  }

  @Test
  void relocationWhosePlaceOverflowsIsRefused() throws Exception {
    ObjectPatch patch = object("maps");
    refused(patch.put(patch.section(".relxdp"), -4L), "relocation outside");
  }

  @Test
  void mapThatWouldBePinnedElsewhereIsRefused() throws Exception {
    ObjectPatch patch = object("shared");
    int name = patch.text("common");
    patch.bytes().put(name, "../".getBytes(StandardCharsets.US_ASCII));
    refused(patch, "../mon");
  }

  @Test
  void dataOfGigabytesThatAreNotInTheFileIsRefused() throws Exception {
    ObjectPatch patch = object("counters");
    int header = patch.header(".maps");
    refused(patch.put(header + 4, 8).put(header + 32, 1L << 32), "the limit is");
  }

  @Test
  void mapsWithoutBytesAreRefused() throws Exception {
    ObjectPatch patch = object("counters");
    refused(patch.put(patch.header(".maps") + 4, 8), ".maps without bytes");
  }

  @Test
  void structOpsAreNotForLibbpf() throws Exception {
    refused(object("struct_ops_beside"), "struct_ops");
  }

  @Test
  void aSectionNameOfKilobytesIsRefused() throws Exception {
    byte[] object = objects.get("types").clone();
    ObjectPatch patch = new ObjectPatch(object);
    int names = patch.bytes().getShort(62);
    int header = (int) patch.bytes().getLong(40) + names * 64;
    int at = (int) patch.bytes().getLong(header + 24);
    for (int i = 1; i < patch.bytes().getLong(header + 32) - 1; i++) {
      patch.bytes().put(at + i, (byte) 'x');
    }
    assertTrue(patch.bytes().getLong(header + 32) > 512);
    refused(patch, "a name of more than 512 bytes");
  }

  private ObjectPatch object(String name) throws ObjectDamageException {
    return new ObjectPatch(objects.get(name));
  }

  private static void refused(ObjectPatch patch, String expected) {
    ObjectDamageException refusal =
        assertThrows(ObjectDamageException.class, () -> ObjectCheck.check(patch.bytes()));
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }
}
