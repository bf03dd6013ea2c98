package io.bpfman.loader.core.btf;

import io.bpfman.loader.core.btf.BtfType.Array;
import io.bpfman.loader.core.btf.BtfType.Composite;
import io.bpfman.loader.core.btf.BtfType.Enumeration;
import io.bpfman.loader.core.btf.BtfType.Int;
import io.bpfman.loader.core.btf.BtfType.Member;
import io.bpfman.loader.core.btf.BtfType.Pointer;
import io.bpfman.loader.core.btf.BtfType.Real;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the bytes of one value. One use. */
final class BtfEncoder {
  private final BtfTypes types;
  private final byte[] bytes;

  BtfEncoder(BtfTypes types, byte[] bytes) {
    this.types = types;
    this.bytes = bytes;
  }

  void encode(int type, @Nullable Object value) throws BtfException {
    any(type, value, 0, new Place("", 0));
  }

  /**
   * Where a part of the value is.
   *
   * @param path for messages; empty: the whole
   */
  private record Place(String path, int depth) {
    Place member(String name) {
      return new Place(path.isEmpty() ? name : path + "." + name, depth + 1);
    }

    BtfException misfit(String wanted, @Nullable Object value) {
      return new BtfException(
          "%s%s is needed, not %s".formatted(path.isEmpty() ? "" : path + ": ", wanted, value));
    }
  }

  private void any(int id, @Nullable Object value, long bit, Place place) throws BtfException {
    BtfTypes.requireDepth(place.depth());
    switch (types.resolve(id)) {
      case Int number -> integer(number, value, bit, number.bits(), place);
      case Real real -> real(real, value, bit, place);
      case Pointer pointer -> put(bit, Long.SIZE, false, Numbers.of(value), place, value);
      case Enumeration names ->
          put(bit, names.size() * 8, names.signed(), constant(names, value), place, value);
      case Array array -> array(array, value, bit, place);
      case Composite composite -> composite(composite, value, bit, place);
      case BtfType other ->
          throw new BtfException("type \"%s\" has no values".formatted(other.name()));
    }
  }

  private void integer(Int type, @Nullable Object value, long bit, int bits, Place place)
      throws BtfException {
    BigInteger number = Numbers.of(value);
    if (type.bool() && (number == null || number.bitLength() > 1 || number.signum() < 0)) {
      throw place.misfit("true or false", value);
    }
    put(bit, bits, type.signed(), number, place, value);
  }

  private void put(
      long bit,
      int bits,
      boolean signed,
      @Nullable BigInteger number,
      Place place,
      @Nullable Object value)
      throws BtfException {
    BigInteger lowest = signed ? BigInteger.ONE.shiftLeft(bits - 1).negate() : BigInteger.ZERO;
    BigInteger highest =
        BigInteger.ONE.shiftLeft(signed ? bits - 1 : bits).subtract(BigInteger.ONE);
    if (number == null || number.compareTo(lowest) < 0 || number.compareTo(highest) > 0) {
      throw place.misfit("a whole number from %s to %s".formatted(lowest, highest), value);
    }
    BitField.put(bytes, bit, bits, number);
  }

  private void real(Real type, @Nullable Object value, long bit, Place place) throws BtfException {
    if (!(value instanceof Number number) || type.size() != 4 && type.size() != 8) {
      throw place.misfit("a number", value);
    }
    boolean single = type.size() == 4;
    long raw =
        single
            ? Float.floatToRawIntBits(number.floatValue())
            : Double.doubleToRawLongBits(number.doubleValue());
    BitField.put(bytes, bit, single ? 32 : 64, BigInteger.valueOf(raw));
  }

  private static @Nullable BigInteger constant(Enumeration type, @Nullable Object value) {
    return type.constants().stream()
        .filter(constant -> constant.name().equals(value))
        .findFirst()
        .map(BtfType.Constant::value)
        .orElseGet(() -> Numbers.of(value));
  }

  private void array(Array type, @Nullable Object value, long bit, Place place)
      throws BtfException {
    List<?> items =
        value instanceof String text
                && types.resolve(type.element()) instanceof Int number
                && number.character()
            ? characters(text, type.count(), number.signed(), place)
            : elements(type, value, place);
    long element = types.size(type.element());
    for (int i = 0; i < items.size(); i++) {
      any(type.element(), items.get(i), bit + i * element * 8, place.member("[" + i + "]"));
    }
  }

  private static List<?> elements(Array type, @Nullable Object value, Place place)
      throws BtfException {
    if (value instanceof List<?> list && list.size() == type.count()) {
      return list;
    }
    throw place.misfit("an array of %d elements".formatted(type.count()), value);
  }

  private static List<Integer> characters(String text, long room, boolean signed, Place place)
      throws BtfException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    if (content.length > room) {
      throw place.misfit("a text of at most %d bytes".formatted(room), '"' + text + '"');
    }
    Integer[] all = new Integer[content.length];
    Arrays.setAll(all, i -> signed ? content[i] : content[i] & 0xFF);
    return List.of(all);
  }

  private void composite(Composite type, @Nullable Object value, long bit, Place place)
      throws BtfException {
    if (!(value instanceof Map<?, ?> fields)) {
      throw place.misfit("an object with the members of " + type.name(), value);
    }
    Set<Object> used = new HashSet<>();
    members(type, fields, bit, place, used);
    for (Object name : fields.keySet()) {
      if (!used.contains(name)) {
        throw new BtfException(
            "%s%s has no member \"%s\""
                .formatted(place.path().isEmpty() ? "" : place.path() + ": ", type.name(), name));
      }
    }
  }

  /** Answers whether any member was given. */
  private boolean members(Composite type, Map<?, ?> fields, long bit, Place place, Set<Object> used)
      throws BtfException {
    BtfTypes.requireDepth(place.depth());
    boolean any = false;
    byte[] before = bytes.clone();
    for (Member member : type.members()) {
      byte[] sofar = bytes.clone();
      boolean given = member(member, fields, bit + member.bitOffset(), place, used);
      if (!given && !type.union() && !member.name().isEmpty()) {
        throw new BtfException(
            "member \"%s\" is missing".formatted(place.member(member.name()).path()));
      }
      if (given && any && type.union() && !agrees(before, sofar, bytes)) {
        throw new BtfException(
            "%s: the members of a union contradict one another; give one of them"
                .formatted(place.member(member.name()).path()));
      }
      any |= given;
    }
    return any;
  }

  /** Whether a further member only wrote what was there. */
  private static boolean agrees(byte[] before, byte[] sofar, byte[] now) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] != sofar[i] && sofar[i] != before[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean member(Member member, Map<?, ?> fields, long bit, Place place, Set<Object> used)
      throws BtfException {
    if (member.name().isEmpty()) {
      return types.resolve(member.type()) instanceof Composite inner
          && members(inner, fields, bit, new Place(place.path(), place.depth() + 1), used);
    }
    if (!fields.containsKey(member.name())) {
      return false;
    }
    used.add(member.name());
    Object value = fields.get(member.name());
    Place inner = place.member(member.name());
    if (member.bits() == 0) {
      any(member.type(), value, bit, inner);
    } else if (types.resolve(member.type()) instanceof Int number) {
      integer(number, value, bit, member.bits(), inner);
    } else if (types.resolve(member.type()) instanceof Enumeration names) {
      put(bit, member.bits(), names.signed(), constant(names, value), inner, value);
    }
    return true;
  }
}
