package io.bpfman.loader.core.btf;

import io.bpfman.loader.core.btf.BtfType.Alias;
import io.bpfman.loader.core.btf.BtfType.Array;
import io.bpfman.loader.core.btf.BtfType.Composite;
import io.bpfman.loader.core.btf.BtfType.Constant;
import io.bpfman.loader.core.btf.BtfType.Enumeration;
import io.bpfman.loader.core.btf.BtfType.Int;
import io.bpfman.loader.core.btf.BtfType.Member;
import io.bpfman.loader.core.btf.BtfType.Opaque;
import io.bpfman.loader.core.btf.BtfType.Pointer;
import io.bpfman.loader.core.btf.BtfType.Real;
import io.bpfman.loader.core.btf.BtfType.Section;
import io.bpfman.loader.core.btf.BtfType.Slot;
import io.bpfman.loader.core.btf.BtfType.Variable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the bytes of a BTF object (linux/btf.h, version 1, little-endian). One use. */
final class BtfReader {
  /**
   * As the kernel takes them (btf_enum_check_meta and btf_float_check_meta of kernel/bpf/btf.c).
   */
  private static final Set<Integer> ENUM_SIZES = Set.of(1, 2, 4, 8);

  private static final Set<Integer> REAL_SIZES = Set.of(2, 4, 8, 12, 16);

  private static final int MAGIC = 0xEB9F;
  private static final int MIN_HEADER = 24;
  private static final int TYPE_BYTES = 12;

  private final ByteBuffer types;
  private final ByteBuffer names;

  private BtfReader(ByteBuffer types, ByteBuffer names) {
    this.types = types;
    this.names = names;
  }

  /** Types by id; id 0 is void. */
  static List<BtfType> read(byte[] content) throws BtfException {
    ByteBuffer all = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    if (content.length < MIN_HEADER || Short.toUnsignedInt(all.getShort(0)) != MAGIC) {
      throw new BtfException("the type information does not start with a BTF header");
    }
    long header = Integer.toUnsignedLong(all.getInt(4));
    ByteBuffer types = section(all, header, 8);
    ByteBuffer names = section(all, header, 16);
    return new BtfReader(types, names).all();
  }

  private static ByteBuffer section(ByteBuffer all, long header, int field) throws BtfException {
    long start = header + Integer.toUnsignedLong(all.getInt(field));
    long size = Integer.toUnsignedLong(all.getInt(field + 4));
    if (start + size > all.capacity()) {
      throw new BtfException("a section of the type information lies beyond its end");
    }
    return all.slice((int) start, (int) size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private List<BtfType> all() throws BtfException {
    List<BtfType> read = new ArrayList<>();
    read.add(new Opaque("void", 0));
    while (types.remaining() > 0) {
      need(TYPE_BYTES);
      read.add(next());
    }
    return List.copyOf(read);
  }

  private BtfType next() throws BtfException {
    String name = name(types.getInt());
    int info = types.getInt();
    int last = types.getInt();
    int count = info & 0xFFFF;
    boolean flag = info < 0;
    int kind = info >>> 24 & 0x1F;
    return switch (kind) {
      case 1 -> integer(name, last);
      case 2 -> new Pointer(name);
      case 3 -> array(name);
      case 4, 5 -> composite(name, kind == 5, last, members(count, flag));
      case 6 -> new Enumeration(name, known(ENUM_SIZES, name, last), flag, constants(count, flag));
      case 8 -> new Alias(name, "", last);
      case 9 -> new Alias("", "volatile ", last);
      case 10 -> new Alias("", "const ", last);
      case 11 -> new Alias("", "restrict ", last);
      case 18 -> new Alias("", "", last);
      case 14 -> variable(name, last);
      case 15 -> new Section(name, Integer.toUnsignedLong(last), slots(count));
      case 16 -> new Real(name, known(REAL_SIZES, name, last));
      case 19 ->
          new Enumeration(name, known(ENUM_SIZES, name, last), flag, wideConstants(count, flag));
      default -> opaque(name, kind, count);
    };
  }

  private BtfType integer(String name, int size) throws BtfException {
    need(4);
    int detail = types.getInt();
    int bits = detail & 0xFF;
    int encoding = detail >>> 24 & 0xF;
    if (size < 1 || size > 16 || bits < 1 || bits > size * 8) {
      throw new BtfException(
          "integer type \"%s\" has %d bits in %d bytes".formatted(name, bits, size));
    }
    boolean bool = (encoding & 4) != 0 || name.equals("_Bool");
    return new Int(name, size, bits, (encoding & 1) != 0, bool);
  }

  private static int known(Set<Integer> sizes, String name, int size) throws BtfException {
    if (!sizes.contains(size)) {
      throw new BtfException("type \"%s\" has %d bytes".formatted(name, size));
    }
    return size;
  }

  private BtfType array(String name) throws BtfException {
    need(12);
    int element = types.getInt();
    types.getInt();
    return new Array(name, element, Integer.toUnsignedLong(types.getInt()));
  }

  private static BtfType composite(String name, boolean union, int size, List<Member> members) {
    return new Composite(name, union, Integer.toUnsignedLong(size), members);
  }

  private List<Member> members(int count, boolean bitFields) throws BtfException {
    need(count * 12L);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = name(types.getInt());
      int type = types.getInt();
      int place = types.getInt();
      members.add(
          bitFields
              ? new Member(name, type, place & 0xFFFFFF, place >>> 24)
              : new Member(name, type, Integer.toUnsignedLong(place), 0));
    }
    return List.copyOf(members);
  }

  private List<Constant> constants(int count, boolean signed) throws BtfException {
    need(count * 8L);
    List<Constant> constants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = name(types.getInt());
      int value = types.getInt();
      constants.add(
          new Constant(name, BigInteger.valueOf(signed ? value : Integer.toUnsignedLong(value))));
    }
    return List.copyOf(constants);
  }

  private List<Constant> wideConstants(int count, boolean signed) throws BtfException {
    need(count * 12L);
    List<Constant> constants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = name(types.getInt());
      long value = types.getLong();
      constants.add(
          new Constant(
              name,
              signed ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value))));
    }
    return List.copyOf(constants);
  }

  /** How it is linked follows, which says nothing about its value. */
  private BtfType variable(String name, int type) throws BtfException {
    need(4);
    types.getInt();
    return new Variable(name, type);
  }

  private List<Slot> slots(int count) throws BtfException {
    need(count * 12L);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(
          new Slot(
              types.getInt(),
              Integer.toUnsignedLong(types.getInt()),
              Integer.toUnsignedLong(types.getInt())));
    }
    return List.copyOf(slots);
  }

  /** What follows the first twelve bytes: parameters and tags. */
  private BtfType opaque(String name, int kind, int count) throws BtfException {
    long rest =
        switch (kind) {
          case 7, 12 -> 0;
          case 13 -> count * 8L;
          case 17 -> 4;
          default -> throw new BtfException("type kind %d is not known here".formatted(kind));
        };
    need(rest);
    types.position(types.position() + (int) rest);
    return new Opaque(name, kind);
  }

  private void need(long bytes) throws BtfException {
    if (types.remaining() < bytes) {
      throw new BtfException("the type information ends within a type");
    }
  }

  private String name(int offset) throws BtfException {
    if (offset < 0 || offset >= names.capacity() && offset != 0) {
      throw new BtfException("a name lies beyond the end of the type information");
    }
    int end = offset;
    while (end < names.capacity() && names.get(end) != 0) {
      end++;
    }
    byte[] text = new byte[end - offset];
    names.get(offset, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
