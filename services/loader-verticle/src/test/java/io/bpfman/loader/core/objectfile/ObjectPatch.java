package io.bpfman.loader.core.objectfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One deliberate damage in an otherwise good object. */
final class ObjectPatch {
  private final ByteBuffer bytes;
  private final SectionTable sections;

  ObjectPatch(byte[] object) throws ObjectDamageException {
    bytes = ByteBuffer.wrap(object.clone()).order(ByteOrder.LITTLE_ENDIAN);
    sections = SectionTable.read(Window.of(bytes));
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /** Offset of a section in the file. */
  int section(String name) throws ObjectDamageException {
    return Math.toIntExact(sections.only(name).orElseThrow().offset());
  }

  /** Offset of a section's header in the file. */
  int header(String name) throws ObjectDamageException {
    int index = sections.all().indexOf(sections.only(name).orElseThrow());
    return (int) bytes.getLong(40) + 64 * index;
  }

  /** Offset of the first symbol that is a function. */
  int function() throws ObjectDamageException {
    int at = section(".symtab");
    while ((bytes.get(at + 4) & 0xF) != 2) {
      at += 24;
    }
    return at;
  }

  /** Offset of the first BTF type of a kind; its references are at 8. */
  int type(int kind) throws ObjectDamageException {
    int btf = section(".BTF");
    int types = btf + bytes.getInt(btf + 4) + bytes.getInt(btf + 8);
    BtfTable table = BtfTable.read(sections.content(sections.only(".BTF").orElseThrow()));
    for (int id = 1; id < table.count(); id++) {
      if (table.kind(id) == kind) {
        return types + table.offset(id);
      }
    }
    throw new IllegalStateException("no type of kind " + kind);
  }

  /** Id of the first type of a kind. */
  int typeId(int kind) throws ObjectDamageException {
    BtfTable table = BtfTable.read(sections.content(sections.only(".BTF").orElseThrow()));
    int id = 1;
    while (table.kind(id) != kind) {
      id++;
    }
    return id;
  }

  /** Offset of a name of a BTF type in the file. */
  int text(String wanted) throws ObjectDamageException {
    String all = new String(bytes.array(), StandardCharsets.ISO_8859_1);
    int found = all.indexOf("\0" + wanted + "\0", section(".BTF"));
    if (found < 0) {
      throw new IllegalStateException("no text " + wanted);
    }
    return found + 1;
  }

  ObjectPatch put(int at, int value) {
    bytes.putInt(at, value);
    return this;
  }

  ObjectPatch put(int at, long value) {
    bytes.putLong(at, value);
    return this;
  }
}
