package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectFacts.Variable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts the symbols of a BPF object into functions, variables and maps. For one use. */
final class ObjectSymbols {
  /** Bytes of a name; far above what compilers emit for C. */
  private static final int MAX_NAME = 512;

  /** Symbols of interest in one object; bounds memory together with {@link #MAX_NAME}. */
  private static final int MAX_KEPT = 65_536;

  private static final String LICENSE = "license";
  private static final String MAPS = ".maps";
  private static final String OLD_MAPS = "maps";
  private static final String SUBPROGRAMS = ".text";

  private final Map<String, String> functions = new LinkedHashMap<>();
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Set<String> maps = new LinkedHashSet<>();
  private final List<ElfImage.Section> sections;
  private final List<String> sectionNames;
  private final ElfImage image;

  ObjectSymbols(ElfImage image) throws IOException, ElfFormatException {
    this.image = image;
    this.sections = image.sections();
    if (sections.isEmpty()) {
      throw ElfFormatException.damaged("it has no sections");
    }
    ByteBuffer names = image.sectionNames(sections);
    this.sectionNames = new ArrayList<>(sections.size());
    for (ElfImage.Section section : sections) {
      sectionNames.add(ElfImage.text(names, section.name(), MAX_NAME));
    }
  }

  ObjectFacts facts() throws IOException, ElfFormatException {
    ElfImage.Section table =
        ElfImage.ofType(sections, ElfImage.SECTION_SYMTAB)
            .orElseThrow(
                () ->
                    new ElfFormatException(
                        "has no symbol table", "do not strip it; llvm-strip -g is enough"));
    ByteBuffer strings = image.bytes("the symbol names", ElfImage.linked(sections, table.link()));
    SymbolTable.scan(image.window(), table, symbol -> keep(symbol, strings));
    return new ObjectFacts(
        Collections.unmodifiableMap(functions),
        Collections.unmodifiableMap(variables),
        List.copyOf(maps),
        license());
  }

  private String license() throws IOException, ElfFormatException {
    int index = sectionNames.indexOf(LICENSE);
    if (index < 0 || sections.get(index).type() != ElfImage.SECTION_PROGBITS) {
      return "";
    }
    ElfImage.Section section = sections.get(index);
    return section.size() == 0
        ? ""
        : ElfImage.text(image.bytes("the license", section), 0, MAX_NAME);
  }

  private void keep(SymbolTable.Cursor symbol, ByteBuffer strings) throws ElfFormatException {
    int index = symbol.section();
    if (index <= 0 || index >= sections.size()) {
      return;
    }
    if (symbol.type() == SymbolTable.FUNCTION && isProgram(index)) {
      String name = name(symbol, strings);
      if (symbol.binding() != 0 || !functions.containsKey(name)) {
        functions.put(name, sectionNames.get(index));
      }
    } else if (symbol.type() == SymbolTable.OBJECT) {
      keepObject(symbol, strings);
    }
    if (functions.size() + variables.size() + maps.size() > MAX_KEPT) {
      throw ElfFormatException.damaged("it has more than %d symbols".formatted(MAX_KEPT));
    }
  }

  /** Static functions are programs, too, outside of the section of subprograms. */
  private boolean isProgram(int index) {
    ElfImage.Section section = sections.get(index);
    return section.type() == ElfImage.SECTION_PROGBITS
        && (section.flags() & ElfImage.FLAG_EXECUTABLE) != 0
        && !sectionNames.get(index).equals(SUBPROGRAMS);
  }

  private void keepObject(SymbolTable.Cursor symbol, ByteBuffer strings) throws ElfFormatException {
    String section = sectionNames.get(symbol.section());
    if (section.equals(MAPS) || section.equals(OLD_MAPS) || section.startsWith(OLD_MAPS + "/")) {
      maps.add(name(symbol, strings));
    } else if (isData(section)) {
      String name = name(symbol, strings);
      if (symbol.binding() != 0 || !variables.containsKey(name)) {
        variables.put(name, new Variable(name, section, symbol.value(), symbol.size()));
      }
    }
  }

  private static boolean isData(String section) {
    return isOrUnder(section, ".rodata")
        || isOrUnder(section, ".data")
        || isOrUnder(section, ".bss");
  }

  private static boolean isOrUnder(String section, String family) {
    return section.equals(family) || section.startsWith(family + ".");
  }

  private static String name(SymbolTable.Cursor symbol, ByteBuffer strings)
      throws ElfFormatException {
    return ElfImage.text(strings, symbol.name(), MAX_NAME);
  }
}
