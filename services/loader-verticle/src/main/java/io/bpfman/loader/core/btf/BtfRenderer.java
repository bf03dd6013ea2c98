package io.bpfman.loader.core.btf;

import io.bpfman.loader.core.btf.BtfType.Array;
import io.bpfman.loader.core.btf.BtfType.Composite;
import io.bpfman.loader.core.btf.BtfType.Constant;
import io.bpfman.loader.core.btf.BtfType.Enumeration;
import io.bpfman.loader.core.btf.BtfType.Int;
import io.bpfman.loader.core.btf.BtfType.Member;
import io.bpfman.loader.core.btf.BtfType.Pointer;
import io.bpfman.loader.core.btf.BtfType.Real;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes one value as JSON. One use. */
final class BtfRenderer {
  /** Overlapping unions could otherwise multiply without end. */
  private static final int MAX_PARTS = 100_000;

  private final BtfTypes types;
  private final byte[] value;
  private final int limit;
  private final StringBuilder json = new StringBuilder();
  private int parts;

  /**
   * @param limit letters, about
   */
  BtfRenderer(BtfTypes types, byte[] value, int limit) {
    this.types = types;
    this.value = value;
    this.limit = limit;
  }

  String json(int type) throws BtfException {
    any(type, 0, 0);
    return json.toString();
  }

  private void any(int id, long bit, int depth) throws BtfException {
    BtfTypes.requireDepth(depth);
    if (++parts > MAX_PARTS) {
      throw tooManyParts();
    }
    if (json.length() > limit) {
      throw new BtfException("a value is longer than %d letters".formatted(limit));
    }
    switch (types.resolve(id)) {
      case Int number -> integer(number, bit, number.bits());
      case Real real -> real(real, bit);
      case Pointer pointer -> hexadecimal(BitField.get(value, bit, Long.SIZE, false));
      case Enumeration names -> named(names, bit, names.size() * 8);
      case Array array -> array(array, bit, depth);
      case Composite composite -> {
        json.append('{');
        members(composite, bit, depth);
        json.append('}');
      }
      case BtfType other ->
          throw new BtfException("type \"%s\" has no values".formatted(other.name()));
    }
  }

  private static BtfException tooManyParts() {
    return new BtfException("a value has more than %d parts".formatted(MAX_PARTS));
  }

  private void integer(Int type, long bit, int bits) throws BtfException {
    BigInteger number = BitField.get(value, bit, bits, type.signed());
    if (type.bool()) {
      json.append(number.signum() != 0);
    } else if (bits > Long.SIZE) {
      hexadecimal(BitField.get(value, bit, bits, false));
    } else {
      json.append(number);
    }
  }

  private void hexadecimal(BigInteger number) {
    json.append("\"0x").append(number.toString(16)).append('"');
  }

  private void real(Real type, long bit) throws BtfException {
    BigInteger bits = BitField.get(value, bit, type.size() == 4 ? 32 : 64, false);
    double number =
        switch (type.size()) {
          case 4 -> Float.intBitsToFloat(bits.intValue());
          case 8 -> Double.longBitsToDouble(bits.longValue());
          default ->
              throw new BtfException(
                  "numbers of type \"%s\" are not known here".formatted(type.name()));
        };
    if (Double.isFinite(number)) {
      json.append(number);
    } else {
      string(Double.toString(number));
    }
  }

  private void named(Enumeration type, long bit, int bits) throws BtfException {
    BigInteger number = BitField.get(value, bit, bits, type.signed());
    for (Constant constant : type.constants()) {
      if (constant.value().equals(number)) {
        string(constant.name());
        return;
      }
    }
    json.append(number);
  }

  private void array(Array type, long bit, int depth) throws BtfException {
    long element = types.size(type.element());
    if (types.resolve(type.element()) instanceof Int number
        && number.character()
        && text(type, bit)) {
      return;
    }
    json.append('[');
    long shown = element == 0 ? 0 : type.count();
    if (shown > MAX_PARTS - parts) {
      throw tooManyParts();
    }
    for (long i = 0; i < shown; i++) {
      json.append(i == 0 ? "" : ",");
      any(type.element(), bit + i * element * 8, depth + 1);
    }
    json.append(']');
  }

  /** Printable ASCII, then only zeros; anything else is shown as numbers. */
  private boolean text(Array type, long bit) {
    int start = (int) (bit / 8);
    if (bit % 8 != 0 || bit < 0 || start + type.count() > value.length) {
      return false;
    }
    int length = 0;
    while (length < type.count() && value[start + length] >= ' ' && value[start + length] < 127) {
      length++;
    }
    for (int i = length; i < type.count(); i++) {
      if (value[start + i] != 0) {
        return false;
      }
    }
    string(new String(value, start, length, StandardCharsets.US_ASCII));
    return true;
  }

  private boolean members(Composite type, long bit, int depth) throws BtfException {
    boolean any = json.charAt(json.length() - 1) != '{';
    for (Member member : type.members()) {
      if (member.name().isEmpty()) {
        any = unnamed(member, bit, depth, any);
      } else {
        json.append(any ? "," : "");
        string(member.name());
        json.append(':');
        member(member, bit + member.bitOffset(), depth);
        any = true;
      }
    }
    return any;
  }

  /**
   * Members of an unnamed struct or union are members of what it is in; unnamed bits are filler.
   */
  private boolean unnamed(Member member, long bit, int depth, boolean any) throws BtfException {
    BtfTypes.requireDepth(depth + 1);
    if (++parts > MAX_PARTS) {
      throw tooManyParts();
    }
    return types.resolve(member.type()) instanceof Composite inner
        ? members(inner, bit + member.bitOffset(), depth + 1)
        : any;
  }

  private void member(Member member, long bit, int depth) throws BtfException {
    if (member.bits() == 0) {
      any(member.type(), bit, depth + 1);
      return;
    }
    switch (types.resolve(member.type())) {
      case Int number -> integer(number, bit, member.bits());
      case Enumeration names -> named(names, bit, member.bits());
      case BtfType other ->
          throw new BtfException("bit field \"%s\" is no number".formatted(member.name()));
    }
  }

  private void string(String text) {
    JsonText.append(json, text);
  }
}
