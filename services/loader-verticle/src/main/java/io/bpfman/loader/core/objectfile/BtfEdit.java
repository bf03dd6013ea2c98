package io.bpfman.loader.core.objectfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The type information of an object with changes. Types and names only come after those that are
 * there, so that numbers by which others refer to them stay right. Layouts: linux/btf.h. One use.
 */
final class BtfEdit {
  private static final int HEADER = 24;
  private static final int MAGIC = 0xEB9F;

  /** BTF_MAX_SIZE of the kernel. */
  private static final int MAX_BYTES = 16 << 20;

  private static final int PART = 12;

  private final ByteArrayOutputStream types = new ByteArrayOutputStream();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();
  private final ByteBuffer existing;
  private int count;

  private BtfEdit(ByteBuffer existing, byte[] names, int count) {
    this.existing = existing.order(ByteOrder.LITTLE_ENDIAN);
    this.names.writeBytes(names);
    this.count = count;
  }

  /** Of an object without types. */
  static BtfEdit empty() {
    return new BtfEdit(ByteBuffer.allocate(0), new byte[1], 1);
  }

  /**
   * @param section a whole section .BTF that passed the check
   */
  static BtfEdit of(Window section, BtfTable table) throws ObjectDamageException {
    if (section.size() > MAX_BYTES) {
      throw new ObjectDamageException(
          "it has %d bytes of BTF; the kernel takes %d".formatted(section.size(), MAX_BYTES));
    }
    long header = section.u32(4);
    Window types = section.slice("the BTF types", header + section.u32(8), section.u32(12));
    Window names = section.slice("the BTF names", header + section.u32(16), section.u32(20));
    return new BtfEdit(ByteBuffer.wrap(types.copy()), names.copy(), table.count());
  }

  int text(String text) {
    int at = names.size();
    names.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
    return at;
  }

  /** Answers the number of the new type. */
  int type(int... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    types.writeBytes(bytes.array());
    return count++;
  }

  /** Kind and number of parts, as the second word of a type. */
  static int info(int kind, int parts) {
    return kind << 24 | parts;
  }

  /**
   * Makes unions of the sections of variables of these names: libbpf looks for each such section in
   * the file.
   *
   * @param pointer number of a pointer type, for the members
   */
  void forgetSections(BtfTable table, Predicate<String> gone, int pointer)
      throws ObjectDamageException {
    for (int id = 1; id < table.count(); id++) {
      if (table.kind(id) == BtfTable.DATASEC && gone.test(table.text(table.name(id)))) {
        int at = table.offset(id);
        int parts = table.entries(id);
        existing.putInt(at, 0).putInt(at + 4, info(BtfTable.UNION, parts));
        existing.putInt(at + 8, Long.BYTES);
        for (int i = 0; i < parts; i++) {
          int part = at + BtfTable.HEAD + i * PART;
          existing.putInt(part, 0).putInt(part + 4, pointer).putInt(part + 8, 0);
        }
      }
    }
  }

  /** Says of functions that they are global (BTF_FUNC_GLOBAL). */
  void globalFunctions(BtfTable table, Predicate<String> wanted) throws ObjectDamageException {
    for (int id = 1; id < table.count(); id++) {
      if (table.kind(id) == BtfTable.FUNCTION
          && table.entries(id) == 0
          && wanted.test(table.text(table.name(id)))) {
        existing.putInt(table.offset(id) + 4, info(BtfTable.FUNCTION, 1));
      }
    }
  }

  byte[] build() {
    int length = existing.limit() + types.size();
    ByteBuffer built =
        ByteBuffer.allocate(HEADER + length + names.size()).order(ByteOrder.LITTLE_ENDIAN);
    built.putShort((short) MAGIC).put((byte) 1).put((byte) 0).putInt(HEADER);
    built.putInt(0).putInt(length).putInt(length).putInt(names.size());
    built.put(existing.clear()).put(types.toByteArray()).put(names.toByteArray());
    return built.array();
  }
}
