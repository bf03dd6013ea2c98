package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;
import java.util.List;

/** Symbols, the code that they bound, and relocations. One use. */
final class CodeCheck {
  private static final int SYMBOL = 24;
  private static final int RELOCATION = 16;
  private static final int INSTRUCTION = 8;
  private static final int FUNCTION = 2;

  /** BPF_LD | BPF_IMM | BPF_DW: takes two places (linux/filter.h). */
  private static final int LOAD_64 = 0x18;

  /** Section numbers from here on mean something else (SHN_LORESERVE). */
  private static final int SPECIAL = 0xFF00;

  /**
   * Functions in .text. libbpf follows calls between them by recursion; the kernel takes 256 of
   * them for one program (BPF_MAX_SUBPROGS).
   */
  private static final int MAX_SUBPROGRAMS = 1024;

  private final SectionTable sections;
  private int subprograms;

  CodeCheck(SectionTable sections) {
    this.sections = sections;
  }

  void check() throws ObjectDamageException {
    List<Section> tables =
        sections.all().stream().filter(s -> s.type() == SectionTable.SYMTAB).toList();
    if (tables.size() != 1) {
      throw new ObjectDamageException("it has %d symbol tables, not one".formatted(tables.size()));
    }
    Window symbols = symbols(tables.getFirst());
    for (long at = 0; at < symbols.size(); at += SYMBOL) {
      symbol(symbols, at);
    }
    for (Section section : sections.all()) {
      if (section.type() == SectionTable.REL) {
        relocations(section, symbols.size() / SYMBOL);
      }
    }
  }

  private Window symbols(Section table) throws ObjectDamageException {
    Window symbols = sections.content(table);
    if (table.relocation().entrySize() != SYMBOL || symbols.size() % SYMBOL != 0) {
      throw new ObjectDamageException("it has symbols of another size than %d".formatted(SYMBOL));
    }
    Section strings = sections.at(table.link());
    Window names = sections.content(strings);
    if (strings.type() != SectionTable.STRTAB || !names.endsWithNul()) {
      throw new ObjectDamageException("it has no table of symbol names");
    }
    for (long at = 0; at < symbols.size(); at += SYMBOL) {
      if (symbols.u32(at) >= names.size()) {
        throw new ObjectDamageException("it has a symbol whose name lies beyond the names");
      }
    }
    return symbols;
  }

  private void symbol(Window symbols, long at) throws ObjectDamageException {
    int index = symbols.u16(at + 6);
    if (index >= SPECIAL) {
      return;
    }
    Section section = sections.at(index);
    if ((symbols.u8(at + 4) & 0xF) == FUNCTION && section.isCode()) {
      function(section, symbols.i64(at + 8), symbols.i64(at + 16));
    }
  }

  private void function(Section section, long start, long size) throws ObjectDamageException {
    Window code = sections.content(section);
    if (!code.holds(start, size)
        || size == 0
        || start % INSTRUCTION != 0
        || size % INSTRUCTION != 0) {
      throw new ObjectDamageException(
          "it has a function that does not fit section \"%s\"".formatted(section.name()));
    }
    if (code.u8(start + size - INSTRUCTION) == LOAD_64) {
      throw new ObjectDamageException(
          "it has a function in section \"%s\" that ends within an instruction"
              .formatted(section.name()));
    }
    if (section.name().equals(".text") && ++subprograms > MAX_SUBPROGRAMS) {
      throw new ObjectDamageException(
          "it has more than %d functions in section .text".formatted(MAX_SUBPROGRAMS));
    }
  }

  private void relocations(Section section, long symbols) throws ObjectDamageException {
    Window entries = sections.content(section);
    Section target = sections.at(section.relocation().target());
    boolean used = target.isCode() || target.name().equals(".maps");
    if (!used) {
      return;
    }
    if (section.relocation().entrySize() != RELOCATION || entries.size() % RELOCATION != 0) {
      throw new ObjectDamageException(
          "it has relocations of another size than %d".formatted(RELOCATION));
    }
    Window content = sections.content(target);
    for (long at = 0; at < entries.size(); at += RELOCATION) {
      boolean inside = content.holds(entries.i64(at), INSTRUCTION);
      if (!inside || entries.u32(at + 12) >= symbols) {
        throw new ObjectDamageException(
            "it has a relocation outside of section \"%s\" or of the symbols"
                .formatted(target.name()));
      }
    }
  }
}
