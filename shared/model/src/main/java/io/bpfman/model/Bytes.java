package io.bpfman.model;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}. */
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /** Parses hexadecimal digits, with or without a leading {@code 0x}. */
  public static Bytes ofHex(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    return new Bytes(HexFormat.of().parseHex(digits));
  }

  public int size() {
    return content.length;
  }

  /** A copy. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Lower-case hexadecimal digits without prefix. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
