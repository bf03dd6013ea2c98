package io.bpfman.loader.adapter.elf;

import io.bpfman.model.NearNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds functions in one binary. For one use, on one thread. */
final class FunctionFinder {
  /**
   * A function.
   *
   * @param address as linked
   * @param size bytes; 0 when the binary does not say
   * @param indirect whether the address is that of a resolver (STT_GNU_IFUNC)
   */
  record Function(long address, long size, boolean indirect) {}

  /** A symbol table and the names that belong to it. */
  private record Table(ElfImage.Section symbols, ElfImage.Section strings) {}

  private final ElfImage image;
  private final List<Table> tables = new ArrayList<>();
  private Optional<Function> best = Optional.empty();
  private int bestRank;

  FunctionFinder(ElfImage image) throws IOException, ElfFormatException {
    this.image = image;
    List<ElfImage.Section> sections = image.sections();
    for (int type : new int[] {ElfImage.SECTION_DYNSYM, ElfImage.SECTION_SYMTAB}) {
      Optional<ElfImage.Section> symbols = ElfImage.ofType(sections, type);
      if (symbols.isPresent()) {
        tables.add(table(sections, symbols.get()));
      }
    }
  }

  private static Table table(List<ElfImage.Section> sections, ElfImage.Section symbols)
      throws ElfFormatException {
    ElfImage.Section strings = ElfImage.linked(sections, symbols.link());
    if (strings.type() == ElfImage.SECTION_NOBITS || strings.size() > Integer.MAX_VALUE) {
      throw ElfFormatException.damaged("its symbol names cannot be read");
    }
    return new Table(symbols, strings);
  }

  /** The defined function of that name; exported ones before local ones of the same name. */
  Optional<Function> find(String name) throws IOException, ElfFormatException {
    for (Table table : tables) {
      int[] offsets = NameScan.offsetsOf(image.window(), table.strings, name);
      if (offsets.length > 0) {
        SymbolTable.scan(image.window(), table.symbols, symbol -> consider(symbol, offsets));
      }
      if (best.isPresent()) {
        return best;
      }
    }
    return best;
  }

  private void consider(SymbolTable.Cursor symbol, int[] offsets) {
    int type = symbol.type();
    boolean function = type == SymbolTable.FUNCTION || type == SymbolTable.INDIRECT_FUNCTION;
    int rank = symbol.binding() == 0 ? 1 : 2;
    if (function
        && symbol.section() != 0
        && rank > bestRank
        && Arrays.binarySearch(offsets, symbol.name()) >= 0) {
      bestRank = rank;
      best =
          Optional.of(
              new Function(symbol.value(), symbol.size(), type == SymbolTable.INDIRECT_FUNCTION));
    }
  }

  /** Up to three functions of the nearest names. */
  List<String> near(String name) throws IOException, ElfFormatException {
    Set<String> names = new LinkedHashSet<>();
    for (Table table : tables) {
      names.addAll(NameScan.alike(image.window(), table.strings, name));
    }
    List<String> near = new ArrayList<>();
    for (String candidate : NearNames.of(name, names, 12)) {
      best = Optional.empty();
      bestRank = 0;
      if (near.size() < 3 && find(candidate).isPresent()) {
        near.add(candidate);
      }
    }
    return near;
  }
}
