package io.bpfman.loader.core.objectfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Part of an object. Numbers are little-endian; every read is checked against the end. */
final class Window {
  /**
   * Bytes; far above what compilers write for sections, programs and maps. Many are kept at once.
   */
  private static final int MAX_NAME = 512;

  private final String what;
  private final ByteBuffer bytes;

  private Window(String what, ByteBuffer bytes) {
    this.what = what;
    this.bytes = bytes;
  }

  /**
   * @param content from 0 to its limit; its position does not matter
   */
  static Window of(ByteBuffer content) {
    return new Window("the file", whole(content));
  }

  private static ByteBuffer whole(ByteBuffer content) {
    return content.slice(0, content.limit()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Offset and size are unsigned numbers of the file. */
  Window slice(String part, long offset, long size) throws ObjectDamageException {
    if (!holds(offset, size)) {
      throw new ObjectDamageException("%s lies beyond the end of %s".formatted(part, what));
    }
    return new Window(part, whole(bytes.slice((int) offset, (int) size)));
  }

  /** Whether {@code size} bytes from {@code offset} lie inside; both unsigned. */
  boolean holds(long offset, long size) {
    return offset >= 0 && size >= 0 && offset <= size() && size <= size() - offset;
  }

  long size() {
    return bytes.limit();
  }

  int u8(long at) throws ObjectDamageException {
    return Byte.toUnsignedInt(bytes.get(place(at, Byte.BYTES)));
  }

  int u16(long at) throws ObjectDamageException {
    return Short.toUnsignedInt(bytes.getShort(place(at, Short.BYTES)));
  }

  long u32(long at) throws ObjectDamageException {
    return Integer.toUnsignedLong(bytes.getInt(place(at, Integer.BYTES)));
  }

  /** As it stands: an unsigned number above 2^63 comes out negative. */
  long i64(long at) throws ObjectDamageException {
    return bytes.getLong(place(at, Long.BYTES));
  }

  private int place(long at, int size) throws ObjectDamageException {
    if (!holds(at, size)) {
      throw new ObjectDamageException("%s ends too early".formatted(what));
    }
    return (int) at;
  }

  /** Whether the last byte is NUL, so that every offset inside starts a text that ends. */
  boolean endsWithNul() throws ObjectDamageException {
    return size() > 0 && u8(size() - 1) == 0;
  }

  byte[] copy() {
    byte[] copy = new byte[bytes.limit()];
    bytes.get(0, copy);
    return copy;
  }

  /** A text of at most {@link #MAX_NAME} bytes. */
  String name(long at) throws ObjectDamageException {
    int start = place(at, 1);
    int end = end(start, MAX_NAME + 1);
    if (end - start > MAX_NAME) {
      throw new ObjectDamageException("it has a name of more than %d bytes".formatted(MAX_NAME));
    }
    return text(start, end);
  }

  /** Up to the NUL, or the end. */
  String text(long at) throws ObjectDamageException {
    int start = place(at, 1);
    return text(start, end(start, bytes.limit()));
  }

  private int end(int start, int most) {
    int end = start;
    while (end < bytes.limit() && end - start < most && bytes.get(end) != 0) {
      end++;
    }
    return end;
  }

  private String text(int start, int end) {
    byte[] text = new byte[end - start];
    bytes.get(start, text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
