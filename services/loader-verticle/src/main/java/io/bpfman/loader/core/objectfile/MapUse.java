package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which declared maps the code of programs refers to, subprograms included. One use. */
final class MapUse {
  private static final int RELOCATION = 16;
  private static final int INSTRUCTION = 8;

  /** BPF_JMP | BPF_CALL of linux/bpf.h. */
  private static final int CALL = 0x85;

  /** BPF_PSEUDO_CALL, in the source register of a call. */
  private static final int OF_SUBPROGRAM = 1;

  /** Far above what the kernel takes; bounds the time for objects that are made to take long. */
  private static final long MOST_STEPS = 50_000_000;

  private final SectionTable sections;
  private final Symbols symbols;
  private final DeclaredMaps maps;
  private final Set<Function> seen = new HashSet<>();
  private final Deque<Function> next = new ArrayDeque<>();
  private final List<Function> subprograms = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private long steps;

  MapUse(SectionTable sections, Symbols symbols, DeclaredMaps maps) throws ObjectDamageException {
    this.sections = sections;
    this.symbols = symbols;
    this.maps = maps;
    for (long i = 0; i < symbols.count(); i++) {
      if (isFunction(i) && sections.at(symbols.section(i)).name().equals(".text")) {
        subprograms.add(function(i));
      }
    }
  }

  /** Part of a section. */
  private record Function(int section, long start, long end) {
    boolean holds(long offset) {
      return offset >= start && offset < end;
    }
  }

  private boolean isFunction(long symbol) throws ObjectDamageException {
    int section = symbols.section(symbol);
    return symbols.type(symbol) == Symbols.FUNCTION
        && section != 0
        && section < sections.count()
        && sections.at(section).isCode();
  }

  /** Names of subprograms may be long, and nobody asks for them. */
  private boolean isProgram(long symbol) throws ObjectDamageException {
    return isFunction(symbol) && !sections.at(symbols.section(symbol)).name().equals(".text");
  }

  private Function function(long symbol) throws ObjectDamageException {
    long start = symbols.value(symbol);
    return new Function(symbols.section(symbol), start, start + symbols.size(symbol));
  }

  /** Of the programs of these names. All maps when the object is too large to say. */
  Set<String> of(Collection<String> programs) throws ObjectDamageException {
    for (long i = 0; i < symbols.count(); i++) {
      if (isProgram(i) && programs.contains(symbols.name(i))) {
        visit(function(i));
      }
    }
    while (!next.isEmpty() && steps < MOST_STEPS) {
      read(next.remove());
    }
    return steps < MOST_STEPS ? used : maps.names();
  }

  /** Of all code of the object. */
  Set<String> ofAnybody() throws ObjectDamageException {
    Set<String> all = new HashSet<>();
    for (Section section : sections.all()) {
      if (section.type() == SectionTable.REL
          && sections.at(section.relocation().target()).isCode()) {
        Window entries = sections.content(section);
        for (long at = 0; at < entries.size(); at += RELOCATION) {
          maps.named(entries.u32(at + 12)).ifPresent(all::add);
        }
      }
    }
    return all;
  }

  private void visit(Function function) {
    if (seen.add(function)) {
      next.add(function);
    }
  }

  private void read(Function function) throws ObjectDamageException {
    Window code = sections.content(sections.at(function.section));
    for (Section section : sections.all()) {
      if (section.type() == SectionTable.REL && section.relocation().target() == function.section) {
        relocations(function, code, sections.content(section));
      }
    }
    if (sections.at(function.section).name().equals(".text")) {
      calls(function, code);
    }
  }

  private void relocations(Function function, Window code, Window entries)
      throws ObjectDamageException {
    for (long at = 0; at < entries.size() && steps < MOST_STEPS; at += RELOCATION) {
      steps++;
      long offset = entries.i64(at);
      if (function.holds(offset)) {
        long symbol = entries.u32(at + 12);
        maps.named(symbol).ifPresent(used::add);
        subprogram(symbol, code, offset);
      }
    }
  }

  /** A call of a static function names its section, and the instruction says where in it. */
  private void subprogram(long symbol, Window code, long offset) throws ObjectDamageException {
    int section = symbols.section(symbol);
    if (section == 0
        || section >= sections.count()
        || !sections.at(section).name().equals(".text")) {
      return;
    }
    long immediate = (int) code.u32(offset + 4);
    boolean call = code.u8(offset) == CALL;
    long inSection = call ? (immediate + 1) * INSTRUCTION : immediate;
    boolean named = symbols.type(symbol) == Symbols.FUNCTION;
    visitAt(symbols.value(symbol) + (named ? 0 : inSection));
  }

  /** Calls within the section need no relocation. */
  private void calls(Function function, Window code) throws ObjectDamageException {
    for (long at = function.start; at < function.end && steps < MOST_STEPS; at += INSTRUCTION) {
      steps++;
      if (code.u8(at) == CALL && code.u8(at + 1) >> 4 == OF_SUBPROGRAM) {
        visitAt(at + (1L + (int) code.u32(at + 4)) * INSTRUCTION);
      }
    }
  }

  private void visitAt(long offset) {
    Optional<Function> found =
        subprograms.stream().filter(function -> function.holds(offset)).findFirst();
    found.ifPresent(this::visit);
  }
}
