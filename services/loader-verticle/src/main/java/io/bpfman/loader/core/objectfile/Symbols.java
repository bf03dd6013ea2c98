package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;

/** The symbols of an object that passed the check. */
final class Symbols {
  static final int OBJECT = 1;
  static final int FUNCTION = 2;

  /** Where a symbol's type and binding are, from its start. */
  static final int INFO = 4;

  /** The same of its section's number. */
  static final int SECTION = 6;

  static final int VALUE = 8;

  /** Binding STB_GLOBAL, in the upper half of {@link #INFO}. */
  static final int GLOBAL = 1 << 4;

  private static final int ENTRY = 24;
  private static final int SIZE = 16;

  private final Section table;
  private final Window entries;
  private final Window names;

  private Symbols(Section table, Window entries, Window names) {
    this.table = table;
    this.entries = entries;
    this.names = names;
  }

  static Symbols of(SectionTable sections) throws ObjectDamageException {
    for (Section section : sections.all()) {
      if (section.type() == SectionTable.SYMTAB) {
        return new Symbols(
            section, sections.content(section), sections.content(sections.at(section.link())));
      }
    }
    throw new ObjectDamageException("it has no symbol table");
  }

  long count() {
    return entries.size() / ENTRY;
  }

  /** Place of a symbol in the file. */
  int place(long index) {
    return Math.toIntExact(table.offset() + index * ENTRY);
  }

  int type(long index) throws ObjectDamageException {
    return entries.u8(index * ENTRY + INFO) & 0xF;
  }

  boolean isLocal(long index) throws ObjectDamageException {
    return entries.u8(index * ENTRY + INFO) >> 4 == 0;
  }

  /** Number of its section; 0 and from 0xFF00 on it has none. */
  int section(long index) throws ObjectDamageException {
    return entries.u16(index * ENTRY + SECTION);
  }

  /** Offset in its section. */
  long value(long index) throws ObjectDamageException {
    return entries.i64(index * ENTRY + VALUE);
  }

  long size(long index) throws ObjectDamageException {
    return entries.i64(index * ENTRY + SIZE);
  }

  String name(long index) throws ObjectDamageException {
    return names.name(entries.u32(index * ENTRY));
  }
}
