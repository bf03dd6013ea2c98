package io.bpfman.loader.adapter.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the two formats of glibc's library cache (layouts and flags: glibc,
 * sysdeps/generic/dl-cache.h): the one since 2.2, alone or behind the older one, and the older one
 * alone. All offsets are checked, because containers write this file.
 */
final class LinkerCacheFile {
  private static final String NEW_MAGIC = "glibc-ld.so.cache1.1";
  private static final String OLD_MAGIC = "ld.so-1.7.0";
  private static final int NEW_HEADER = 48;
  private static final int NEW_ENTRY = 24;
  private static final int OLD_HEADER = 16;
  private static final int OLD_ENTRY = 12;
  private static final int ALIGNMENT = 8;
  private static final int TYPE_MASK = 0xff;
  private static final int TYPE_ELF = 1;
  private static final int TYPE_ELF_LIBC6 = 3;
  private static final int MACHINE_MASK = 0xff00;
  private static final int MAX_TEXT = 4096;

  /** Whom a library is for; the earlier the likelier. */
  enum Audience {
    /** All processors of the machine. */
    MACHINE,
    /** The cache says neither machine nor C library; only the file tells. */
    UNSAID,
    /** Processors of the machine that have certain features. */
    SOME_PROCESSORS
  }

  /**
   * A library.
   *
   * @param name file name or soname
   */
  record Entry(String name, String path, Audience audience) {}

  private final ByteBuffer bytes;
  private final int machine;

  private LinkerCacheFile(ByteBuffer bytes, int machine) {
    this.bytes = bytes;
    this.machine = machine;
  }

  /**
   * Entries of libraries that may be 64-bit ones of a machine, in the order of the file.
   *
   * @param machine as in the system property os.arch
   */
  static List<Entry> parse(ByteBuffer file, String machine) throws ElfFormatException {
    ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return new LinkerCacheFile(bytes, flags(machine)).entries();
  }

  private static int flags(String machine) throws ElfFormatException {
    return switch (machine) {
      case "amd64", "x86_64" -> 0x0300;
      case "aarch64", "arm64" -> 0x0a00;
      default -> throw ElfFormatException.damaged("it is read on x86-64 and AArch64 only");
    };
  }

  private List<Entry> entries() throws ElfFormatException {
    if (startsWith(NEW_MAGIC, 0)) {
      return newEntries(0);
    }
    if (!startsWith(OLD_MAGIC, 0)) {
      throw ElfFormatException.damaged("it is no library cache of glibc");
    }
    int end = table(OLD_HEADER, number(OLD_HEADER - 4), OLD_ENTRY);
    int aligned = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
    return startsWith(NEW_MAGIC, aligned) ? newEntries(aligned) : oldEntries(end);
  }

  /** Texts count from the magic. */
  private List<Entry> newEntries(int start) throws ElfFormatException {
    int first = start + NEW_HEADER;
    int end = table(first, number(start + NEW_MAGIC.length()), NEW_ENTRY);
    List<Entry> entries = new ArrayList<>();
    for (int at = first; at < end; at += NEW_ENTRY) {
      if (fits(bytes.getInt(at))) {
        entries.add(entry(at, start, bytes.getLong(at + 16)));
      }
    }
    return entries;
  }

  /** Texts count from the end of the table. */
  private List<Entry> oldEntries(int end) throws ElfFormatException {
    List<Entry> entries = new ArrayList<>();
    for (int at = OLD_HEADER; at < end; at += OLD_ENTRY) {
      if (fits(bytes.getInt(at))) {
        entries.add(entry(at, end, 0));
      }
    }
    return entries;
  }

  private boolean fits(int flags) {
    int type = flags & TYPE_MASK;
    return unsaid(flags)
        || ((type == TYPE_ELF || type == TYPE_ELF_LIBC6) && (flags & MACHINE_MASK) == machine);
  }

  /** With a C library (type 3) no machine means 32-bit x86. */
  private static boolean unsaid(int flags) {
    return (flags & (TYPE_MASK | MACHINE_MASK)) == TYPE_ELF;
  }

  private Entry entry(int at, int texts, long processors) throws ElfFormatException {
    return new Entry(
        text(texts, bytes.getInt(at + 4)),
        text(texts, bytes.getInt(at + 8)),
        audience(bytes.getInt(at), processors));
  }

  private static Audience audience(int flags, long processors) {
    if (processors != 0) {
      return Audience.SOME_PROCESSORS;
    }
    return unsaid(flags) ? Audience.UNSAID : Audience.MACHINE;
  }

  /** Where a table of so many entries ends. */
  private int table(int first, int count, int width) throws ElfFormatException {
    long end = first + Integer.toUnsignedLong(count) * width;
    if (end > bytes.limit()) {
      throw ElfFormatException.truncated("the table of libraries", end, bytes.limit());
    }
    return (int) end;
  }

  private int number(int at) throws ElfFormatException {
    if (at + Integer.BYTES > bytes.limit()) {
      throw ElfFormatException.truncated("the header", at + Integer.BYTES, bytes.limit());
    }
    return bytes.getInt(at);
  }

  private String text(int start, int offset) throws ElfFormatException {
    long at = start + Integer.toUnsignedLong(offset);
    for (long end = at; end < bytes.limit() && end - at <= MAX_TEXT; end++) {
      if (bytes.get((int) end) == 0) {
        byte[] text = new byte[(int) (end - at)];
        bytes.get((int) at, text);
        return new String(text, StandardCharsets.UTF_8);
      }
    }
    throw ElfFormatException.damaged("a name at offset %d has no end".formatted(at));
  }

  private boolean startsWith(String magic, int at) {
    for (int i = 0; i < magic.length(); i++) {
      if (at + i >= bytes.limit() || bytes.get(at + i) != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
