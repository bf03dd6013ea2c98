package io.bpfman.loader.core.objectfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What becomes of the maps of an object of which only some programs are loaded.
 *
 * @param skipped not made: only programs that are not loaded use them
 * @param emptied tables of functions that are made without their values
 */
public record MapPlan(Set<String> skipped, Set<String> emptied) {

  /**
   * What is asked for.
   *
   * @param programs names of those that will be loaded
   * @param reused maps in whose place existing ones are used
   * @param filling whether tables get their values: not for copies of a program that is loaded
   */
  public record Wanted(List<String> programs, Set<String> reused, boolean filling) {}

  /**
   * @param object as libbpf will get it
   * @throws UnfitObjectException names the programs that a table needs
   */
  public static MapPlan of(ByteBuffer object, Wanted wanted)
      throws ObjectDamageException, UnfitObjectException {
    SectionTable sections = SectionTable.read(Window.of(object));
    Symbols symbols = Symbols.of(sections);
    DeclaredMaps maps = DeclaredMaps.of(sections, symbols);
    MapUse use = new MapUse(sections, symbols, maps);
    Set<String> own = maps.withInner(use.of(wanted.programs()));
    Set<String> skipped = skipped(own, maps, use.ofAnybody());
    Set<String> emptied = new HashSet<>();
    for (Map.Entry<String, Set<String>> table : maps.tables().entrySet()) {
      boolean complete = wanted.programs().containsAll(table.getValue());
      boolean needed = own.contains(table.getKey()) && !wanted.reused().contains(table.getKey());
      if (wanted.filling() && needed && !complete) {
        throw incomplete(table, wanted.programs(), reachable(sections, maps, wanted.programs()));
      }
      if (!wanted.filling() || !complete || skipped.contains(table.getKey())) {
        emptied.add(table.getKey());
      }
    }
    return new MapPlan(skipped, emptied);
  }

  /** All but the programs' own, and those that no code uses. */
  private static Set<String> skipped(Set<String> own, DeclaredMaps maps, Set<String> usedByCode) {
    Set<String> free = maps.names();
    free.removeAll(usedByCode);
    Set<String> skipped = maps.names();
    skipped.removeAll(maps.withInner(free));
    skipped.removeAll(own);
    return skipped;
  }

  /** The programs, and what they reach by tables. */
  private static Set<String> reachable(
      SectionTable sections, DeclaredMaps maps, List<String> programs)
      throws ObjectDamageException {
    Set<String> reached = new TreeSet<>(programs);
    int before = 0;
    while (reached.size() > before) {
      before = reached.size();
      MapUse use = new MapUse(sections, Symbols.of(sections), maps);
      maps.withInner(use.of(List.copyOf(reached)))
          .forEach(map -> reached.addAll(maps.tables().getOrDefault(map, Set.of())));
    }
    return reached;
  }

  private static UnfitObjectException incomplete(
      Map.Entry<String, Set<String>> table, List<String> programs, Set<String> reachable) {
    Set<String> missing = new TreeSet<>(reachable);
    missing.removeAll(programs);
    return new UnfitObjectException(
        "fills the table \"%s\", through which %s jumps, with its functions %s; %s %s not to be loaded"
            .formatted(
                table.getKey(),
                quoted(programs),
                quoted(new TreeSet<>(table.getValue())),
                quoted(missing),
                missing.size() == 1 ? "is" : "are"),
        "name them in the same load: " + String.join(", ", missing));
  }

  private static String quoted(Iterable<String> names) {
    Deque<String> all = new ArrayDeque<>();
    names.forEach(name -> all.add("\"" + name + "\""));
    return all.stream().collect(Collectors.joining(", "));
  }

  /** Carries out {@link #emptied}, in place. */
  public void apply(ByteBuffer object) throws ObjectDamageException {
    SectionTable sections = SectionTable.read(Window.of(object));
    DeclaredMaps.of(sections, Symbols.of(sections))
        .clear(emptied, object.order(ByteOrder.LITTLE_ENDIAN));
  }
}
