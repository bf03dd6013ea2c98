package io.bpfman.loader.core.objectfile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Sections of an object. */
final class SectionTable {
  static final int PROGBITS = 1;
  static final int SYMTAB = 2;
  static final int STRTAB = 3;
  static final int REL = 9;
  static final long EXECUTABLE = 4;

  private static final int NOBITS = 8;
  private static final int HEADER = 64;

  /** The kernel zeroes and libbpf copies as many bytes as .bss claims without having them. */
  private static final long MAX_NOBITS = 64L << 20;

  /** A section header. */
  record Section(
      String name, int type, long flags, long offset, long size, long link, Relocation relocation) {

    boolean isCode() {
      return type == PROGBITS && (flags & EXECUTABLE) != 0;
    }
  }

  /**
   * Fields that mean something in relocation sections.
   *
   * @param target section that is relocated
   * @param entrySize also of symbol tables
   */
  record Relocation(long target, long entrySize) {}

  private final Window file;
  private final List<Section> sections = new ArrayList<>();

  private SectionTable(Window file) {
    this.file = file;
  }

  static SectionTable read(Window file) throws ObjectDamageException {
    SectionTable table = new SectionTable(file);
    int count = file.u16(60);
    if (file.u16(58) != HEADER || count == 0) {
      throw new ObjectDamageException(
          "it has %d section headers of %d bytes, not of %d"
              .formatted(count, file.u16(58), HEADER));
    }
    Window headers = file.slice("the section table", file.i64(40), (long) count * HEADER);
    Window names = names(file, headers, file.u16(62));
    for (int i = 0; i < count; i++) {
      table.sections.add(section(headers, names, (long) i * HEADER));
    }
    for (Section section : table.sections) {
      table.check(section);
    }
    return table;
  }

  private static Window names(Window file, Window headers, int index) throws ObjectDamageException {
    long at = (long) index * HEADER;
    if (headers.u32(at + 4) != STRTAB) {
      throw new ObjectDamageException("it has no table of section names");
    }
    Window names =
        file.slice("the table of section names", headers.i64(at + 24), headers.i64(at + 32));
    if (!names.endsWithNul()) {
      throw new ObjectDamageException("it has a section name without end");
    }
    return names;
  }

  private static Section section(Window headers, Window names, long at)
      throws ObjectDamageException {
    return new Section(
        names.name(headers.u32(at)),
        (int) headers.u32(at + 4),
        headers.i64(at + 8),
        headers.i64(at + 24),
        headers.i64(at + 32),
        headers.u32(at + 40),
        new Relocation(headers.u32(at + 44), headers.i64(at + 56)));
  }

  private void check(Section section) throws ObjectDamageException {
    boolean bytes = section.type != NOBITS && section.type != 0;
    if (bytes && !file.holds(section.offset, section.size)) {
      throw new ObjectDamageException(
          "it has a section \"%s\" that lies beyond its end".formatted(section.name));
    }
    if (section.type == NOBITS && (section.size < 0 || section.size > MAX_NOBITS)) {
      throw new ObjectDamageException(
          "it has a section \"%s\" of %s bytes; the limit is %d (64 MiB)"
              .formatted(section.name, Long.toUnsignedString(section.size), MAX_NOBITS));
    }
  }

  int count() {
    return sections.size();
  }

  List<Section> all() {
    return Collections.unmodifiableList(sections);
  }

  Section at(long index) throws ObjectDamageException {
    if (index >= sections.size()) {
      throw new ObjectDamageException(
          "it names section %d of %d".formatted(index, sections.size()));
    }
    return sections.get((int) index);
  }

  Window content(Section section) throws ObjectDamageException {
    if (section.type == NOBITS) {
      throw new ObjectDamageException("it has no bytes for section \"%s\"".formatted(section.name));
    }
    return file.slice("section \"" + section.name + "\"", section.offset, section.size);
  }

  /** libbpf keeps the last of several sections of one name, so there may be one only. */
  Optional<Section> only(String name) throws ObjectDamageException {
    List<Section> found = sections.stream().filter(s -> s.name.equals(name)).toList();
    if (found.size() > 1) {
      throw new ObjectDamageException("it has %d sections \"%s\"".formatted(found.size(), name));
    }
    return found.stream().findFirst();
  }
}
