package io.bpfman.loader.adapter.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes library caches as ldconfig does. */
final class LinkerCacheBuilder {
  static final int X86_64 = 0x0303;
  static final int AARCH64 = 0x0a03;
  static final int I386 = 0x0003;
  static final int ANY_ELF = 0x0001;

  private record Library(int flags, String name, String path, long processors) {}

  private final List<Library> libraries = new ArrayList<>();

  LinkerCacheBuilder add(int flags, String name, String path, long processors) {
    libraries.add(new Library(flags, name, path, processors));
    return this;
  }

  /** Two for x86-64, one each for others. */
  LinkerCacheBuilder libraries() {
    return add(X86_64, "liba.so.2", "/opt/fast/liba.so.2", 1L << 62)
        .add(X86_64, "liba.so.2", "/opt/liba.so.2", 0)
        .add(AARCH64, "liba.so.2", "/opt/arm/liba.so.2", 0)
        .add(I386, "liba.so.2", "/opt/32/liba.so.2", 0);
  }

  byte[] modern() {
    return modern(0);
  }

  private byte[] modern(int before) {
    int texts = 48 + 24 * libraries.size();
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    ByteBuffer head = buffer(texts);
    head.put(ascii("glibc-ld.so.cache1.1")).putInt(libraries.size()).position(48);
    for (Library library : libraries) {
      head.putInt(library.flags)
          .putInt(texts + add(strings, library.name))
          .putInt(texts + add(strings, library.path))
          .putInt(0)
          .putLong(library.processors);
    }
    head.putInt(24, strings.size());
    return joined(new byte[before], head.array(), strings.toByteArray());
  }

  byte[] old() {
    ByteArrayOutputStream strings = new ByteArrayOutputStream();
    byte[] head = oldHead(strings, 0);
    return joined(head, strings.toByteArray());
  }

  /** As glibc 2.2 to 2.31 wrote it: both tables, texts behind the second. */
  byte[] both() {
    byte[] head = oldHead(new ByteArrayOutputStream(), 0);
    int padding = Math.ceilDiv(head.length, 8) * 8 - head.length;
    return joined(head, modern(padding));
  }

  private byte[] oldHead(ByteArrayOutputStream strings, int texts) {
    ByteBuffer head = buffer(16 + 12 * libraries.size());
    head.put(ascii("ld.so-1.7.0")).position(12).putInt(libraries.size());
    for (Library library : libraries) {
      head.putInt(library.flags)
          .putInt(texts + add(strings, library.name))
          .putInt(texts + add(strings, library.path));
    }
    return head.array();
  }

  private static int add(ByteArrayOutputStream strings, String text) {
    int at = strings.size();
    strings.writeBytes(ascii(text));
    strings.write(0);
    return at;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
