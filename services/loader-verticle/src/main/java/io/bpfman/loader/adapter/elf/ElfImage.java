package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Header, sections and segments of a 64-bit little-endian ELF file (layouts: linux/elf.h). Holds
 * one descriptor until closed. Not thread-safe.
 */
final class ElfImage implements AutoCloseable {
  static final int TYPE_RELOCATABLE = 1;
  static final int MACHINE_BPF = 247;
  static final int SECTION_PROGBITS = 1;
  static final int SECTION_SYMTAB = 2;
  static final int SECTION_NOBITS = 8;
  static final int SECTION_DYNSYM = 11;
  static final long FLAG_EXECUTABLE = 4;

  private static final int HEADER_SIZE = 64;
  private static final int SECTION_HEADER_SIZE = 64;
  private static final int SEGMENT_HEADER_SIZE = 56;
  private static final int SEGMENT_LOAD = 1;
  private static final int MAGIC = 0x464C457F;
  private static final byte CLASS_64 = 2;
  private static final byte LITTLE_ENDIAN = 1;

  /**
   * A section header.
   *
   * @param name offset in the section name table
   * @param link index of the section that belongs to it; for symbols their strings
   */
  record Section(int name, int type, long flags, long offset, long size, int link) {}

  /** A segment that is mapped at run time. */
  record Segment(long offset, long address, long fileSize) {}

  private final FileWindow window;
  private final ByteBuffer header;

  private ElfImage(FileWindow window, ByteBuffer header) {
    this.window = window;
    this.header = header;
  }

  static ElfImage open(Path file) throws IOException, ElfFormatException {
    FileWindow window = FileWindow.open(file);
    try {
      return new ElfImage(window, readHeader(window));
    } catch (IOException | ElfFormatException | RuntimeException e) {
      window.close();
      throw e;
    }
  }

  private static ByteBuffer readHeader(FileWindow window) throws IOException, ElfFormatException {
    if (window.size() == 0) {
      throw new ElfFormatException("is empty", "copy or build the file again");
    }
    ByteBuffer start = window.read("the magic", 0, (int) Math.min(4, window.size()));
    if (start.limit() < 4 || start.getInt(0) != MAGIC) {
      throw new ElfFormatException(
          "is not an ELF file, it starts with bytes "
              + HexFormat.ofDelimiter(" ").formatHex(start.array()),
          "");
    }
    ByteBuffer header = window.read("the ELF header", 0, HEADER_SIZE);
    if (header.get(5) != LITTLE_ENDIAN) {
      throw new ElfFormatException(
          "is big-endian; a little-endian file is needed", "build it for this host's byte order");
    }
    if (header.get(4) != CLASS_64) {
      throw new ElfFormatException("is not a 64-bit ELF file", "build it for a 64-bit machine");
    }
    return header;
  }

  FileWindow window() {
    return window;
  }

  /** ET_REL, ET_EXEC, ET_DYN ... */
  int type() {
    return Short.toUnsignedInt(header.getShort(16));
  }

  /** EM_ number. */
  int machine() {
    return Short.toUnsignedInt(header.getShort(18));
  }

  /** Every section, by index. Each that has bytes in the file lies inside of it. */
  List<Section> sections() throws IOException, ElfFormatException {
    int count = Short.toUnsignedInt(header.getShort(60));
    int width = Short.toUnsignedInt(header.getShort(58));
    if (count == 0) {
      return List.of();
    }
    ByteBuffer table =
        table("the section table", header.getLong(40), count, width, SECTION_HEADER_SIZE);
    List<Section> sections = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sections.add(section(table, i * width));
    }
    return sections;
  }

  private Section section(ByteBuffer table, int at) throws ElfFormatException {
    Section section =
        new Section(
            table.getInt(at),
            table.getInt(at + 4),
            table.getLong(at + 8),
            table.getLong(at + 24),
            table.getLong(at + 32),
            table.getInt(at + 40));
    boolean hasBytes = section.type != SECTION_NOBITS && section.type != 0;
    if (hasBytes && !window.holds(section.offset, section.size)) {
      throw ElfFormatException.truncated("a section", section.offset + section.size, window.size());
    }
    return section;
  }

  /** Every PT_LOAD segment. */
  List<Segment> segments() throws IOException, ElfFormatException {
    int count = Short.toUnsignedInt(header.getShort(56));
    int width = Short.toUnsignedInt(header.getShort(54));
    if (count == 0) {
      return List.of();
    }
    ByteBuffer table =
        table("the segment table", header.getLong(32), count, width, SEGMENT_HEADER_SIZE);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i * width;
      if (table.getInt(at) == SEGMENT_LOAD) {
        segments.add(
            new Segment(table.getLong(at + 8), table.getLong(at + 16), table.getLong(at + 32)));
      }
    }
    return segments;
  }

  private ByteBuffer table(String what, long offset, int count, int width, int least)
      throws IOException, ElfFormatException {
    if (width < least || width > 4 * least) {
      throw ElfFormatException.damaged(
          "%s has entries of %d bytes, not %d".formatted(what, width, least));
    }
    return window.read(what, offset, count * width);
  }

  /** The table of section names. */
  ByteBuffer sectionNames(List<Section> sections) throws IOException, ElfFormatException {
    return bytes("the section names", linked(sections, Short.toUnsignedInt(header.getShort(62))));
  }

  /** The section at an index that the file gives. */
  static Section linked(List<Section> sections, int index) throws ElfFormatException {
    if (index < 0 || index >= sections.size()) {
      throw ElfFormatException.damaged(
          "it names section %d of %d".formatted(index, sections.size()));
    }
    return sections.get(index);
  }

  /** All bytes of a section; the caller has bounded the file's size. */
  ByteBuffer bytes(String what, Section section) throws IOException, ElfFormatException {
    if (section.type == SECTION_NOBITS || section.size > Integer.MAX_VALUE - 8) {
      throw ElfFormatException.damaged(what + " cannot be read");
    }
    return window.read(what, section.offset, (int) section.size);
  }

  /** The text at {@code offset} up to its NUL. */
  static String text(ByteBuffer strings, int offset, int limit) throws ElfFormatException {
    int end = offset;
    while (end >= 0 && end < strings.limit() && strings.get(end) != 0) {
      end++;
    }
    if (offset < 0 || end >= strings.limit() || end - offset > limit) {
      throw ElfFormatException.damaged(
          "a name at offset %s has no end or is longer than %d bytes"
              .formatted(Integer.toUnsignedString(offset), limit));
    }
    return new String(strings.array(), offset, end - offset, StandardCharsets.UTF_8);
  }

  /** First section of a type. */
  static Optional<Section> ofType(List<Section> sections, int type) {
    return sections.stream().filter(section -> section.type == type).findFirst();
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
