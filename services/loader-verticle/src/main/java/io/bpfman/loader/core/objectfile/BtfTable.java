package io.bpfman.loader.core.objectfile;

import java.util.Arrays;

/** Where each type of a BTF section is. Every type lies inside, with all of its parts. */
final class BtfTable {
  static final int INT = 1;
  static final int POINTER = 2;
  static final int ARRAY = 3;
  static final int STRUCT = 4;
  static final int UNION = 5;
  static final int ENUM = 6;
  static final int FORWARD = 7;
  static final int TYPEDEF = 8;
  static final int VOLATILE = 9;
  static final int CONST = 10;
  static final int RESTRICT = 11;
  static final int FUNCTION = 12;
  static final int FUNCTION_PROTOTYPE = 13;
  static final int VARIABLE = 14;
  static final int DATASEC = 15;
  static final int FLOAT = 16;
  static final int DECLARATION_TAG = 17;
  static final int TYPE_TAG = 18;
  static final int ENUM64 = 19;

  /** Bytes of a type without its parts. */
  static final int HEAD = 12;

  private static final int MAGIC = 0xEB9F;
  private static final int MIN_HEADER = 24;

  private final Window types;
  private final Window names;
  private int[] places = new int[1024];
  private int count = 1;

  private BtfTable(Window types, Window names) {
    this.types = types;
    this.names = names;
  }

  static BtfTable read(Window section) throws ObjectDamageException {
    long header = section.u32(4);
    if (section.u16(0) != MAGIC || header < MIN_HEADER) {
      throw new ObjectDamageException("it has no BTF header in section .BTF");
    }
    long typesAt = section.u32(8);
    long namesAt = section.u32(16);
    if (typesAt % 4 != 0 || header % 4 != 0 || typesAt + section.u32(12) > namesAt) {
      throw new ObjectDamageException("it has parts of its BTF that overlap");
    }
    Window names = section.slice("the table of BTF names", header + namesAt, section.u32(20));
    if (!names.endsWithNul() || names.u8(0) != 0) {
      throw new ObjectDamageException("it has BTF names without end");
    }
    BtfTable table =
        new BtfTable(
            section.slice("the table of BTF types", header + typesAt, section.u32(12)), names);
    table.index();
    return table;
  }

  private void index() throws ObjectDamageException {
    long at = 0;
    while (at < types.size()) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count);
      }
      places[count++] = (int) at;
      at += HEAD + parts(types.u32(at + 4));
      if (at > types.size()) {
        throw new ObjectDamageException("it ends within type %d of its BTF".formatted(count - 1));
      }
    }
  }

  private long parts(long info) throws ObjectDamageException {
    long entries = info & 0xFFFF;
    int kind = kindOf(info);
    return switch (kind) {
      case POINTER, FORWARD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNCTION, FLOAT, TYPE_TAG -> 0;
      case INT, VARIABLE, DECLARATION_TAG -> 4;
      case ARRAY -> 12;
      case STRUCT, UNION, DATASEC, ENUM64 -> 12 * entries;
      case ENUM, FUNCTION_PROTOTYPE -> 8 * entries;
      default ->
          throw new ObjectDamageException(
              "it has type %d of the unknown kind %d in its BTF".formatted(count - 1, kind));
    };
  }

  private static int kindOf(long info) {
    return (int) (info >> 24 & 0x1F);
  }

  /** Of a type from the start of the types. */
  int offset(long id) throws ObjectDamageException {
    return (int) place(id);
  }

  /** Types with void, which is number 0. */
  int count() {
    return count;
  }

  private long place(long id) throws ObjectDamageException {
    requireType(id);
    return places[(int) id];
  }

  /** 0 for void. */
  int kind(long id) throws ObjectDamageException {
    return id == 0 ? 0 : kindOf(types.u32(place(id) + 4));
  }

  /** The bit that changes how members and values are written. */
  boolean flag(long id) throws ObjectDamageException {
    return types.u32(place(id) + 4) >> 31 != 0;
  }

  /** Number of members, values, parameters or variables. */
  int entries(long id) throws ObjectDamageException {
    return types.u16(place(id) + 4);
  }

  long name(long id) throws ObjectDamageException {
    return types.u32(place(id));
  }

  /** Size in bytes, or the type that this one refers to. */
  long sizeOrType(long id) throws ObjectDamageException {
    return types.u32(place(id) + 8);
  }

  /** A number after the head of a type. */
  long part(long id, long offset) throws ObjectDamageException {
    return types.u32(place(id) + HEAD + offset);
  }

  String text(long name) throws ObjectDamageException {
    return names.text(name);
  }

  void requireName(long name) throws ObjectDamageException {
    if (name >= names.size()) {
      throw new ObjectDamageException("it has a BTF name beyond the end of the names");
    }
  }

  void requireType(long id) throws ObjectDamageException {
    if (id >= count) {
      throw new ObjectDamageException("it names BTF type %d of %d".formatted(id, count));
    }
  }
}
