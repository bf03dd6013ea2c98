package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Maps of section .maps and what their initial values refer to: other maps, or functions. One use.
 */
final class DeclaredMaps {
  private static final int RELOCATION = 16;

  /** More than libbpf or the kernel would take of one object in any reasonable time. */
  private static final int MOST = 16_384;

  private final SectionTable sections;
  private final Symbols symbols;
  private final TreeMap<Long, String> byOffset = new TreeMap<>();
  private final Map<String, Set<String>> inner = new LinkedHashMap<>();
  private final Map<String, Set<String>> tables = new LinkedHashMap<>();
  private final int section;

  private DeclaredMaps(SectionTable sections, Symbols symbols) throws ObjectDamageException {
    this.sections = sections;
    this.symbols = symbols;
    this.section = sections.only(".maps").map(sections.all()::indexOf).orElse(-1);
  }

  static DeclaredMaps of(SectionTable sections, Symbols symbols) throws ObjectDamageException {
    DeclaredMaps maps = new DeclaredMaps(sections, symbols);
    for (long i = 0; i < symbols.count() && maps.section > 0; i++) {
      if (symbols.section(i) == maps.section && symbols.type(i) == Symbols.OBJECT) {
        maps.byOffset.put(symbols.value(i), symbols.name(i));
      }
      if (maps.byOffset.size() > MOST) {
        throw new ObjectDamageException("it has more than %d maps".formatted(MOST));
      }
    }
    for (Section candidate : sections.all()) {
      if (maps.isValues(candidate)) {
        maps.values(sections.content(candidate));
      }
    }
    return maps;
  }

  private boolean isValues(Section candidate) {
    return section > 0
        && candidate.type() == SectionTable.REL
        && candidate.relocation().target() == section;
  }

  private void values(Window entries) throws ObjectDamageException {
    for (long at = 0; at < entries.size(); at += RELOCATION) {
      Map.Entry<Long, String> map = byOffset.floorEntry(entries.i64(at));
      long symbol = entries.u32(at + 12);
      if (map != null) {
        Map<String, Set<String>> kind = symbols.section(symbol) == section ? inner : tables;
        Set<String> names = kind.computeIfAbsent(map.getValue(), any -> new HashSet<>());
        if (names.size() < MOST) {
          names.add(symbols.name(symbol));
        }
      }
    }
  }

  Set<String> names() {
    return new HashSet<>(byOffset.values());
  }

  /** The map that a symbol stands for. */
  Optional<String> named(long symbol) throws ObjectDamageException {
    return symbols.section(symbol) == section && section > 0
        ? Optional.ofNullable(byOffset.get(symbols.value(symbol)))
        : Optional.empty();
  }

  /** Functions of each table that the object fills, by its name. */
  Map<String, Set<String>> tables() {
    return tables;
  }

  /** The maps and all that their values refer to. */
  Set<String> withInner(Set<String> maps) {
    Set<String> all = new HashSet<>();
    maps.forEach(map -> addWithInner(map, all));
    return all;
  }

  /** Maps of maps are not nested deeper than once. */
  private void addWithInner(String map, Set<String> all) {
    if (all.add(map)) {
      all.addAll(inner.getOrDefault(map, Set.of()));
    }
  }

  /**
   * Takes the values of tables away.
   *
   * @param object the whole object, changed in place
   */
  void clear(Set<String> dropped, ByteBuffer object) throws ObjectDamageException {
    for (int i = 0; i < sections.count(); i++) {
      Section candidate = sections.all().get(i);
      if (isValues(candidate)) {
        long size = compact(candidate, dropped, object);
        object.putLong((int) object.getLong(40) + i * 64 + 32, size);
      }
    }
  }

  private long compact(Section values, Set<String> dropped, ByteBuffer object)
      throws ObjectDamageException {
    Window entries = sections.content(values);
    byte[] entry = new byte[RELOCATION];
    long kept = 0;
    for (long at = 0; at < entries.size(); at += RELOCATION) {
      Map.Entry<Long, String> map = byOffset.floorEntry(entries.i64(at));
      boolean table = symbols.section(entries.u32(at + 12)) != section;
      if (map == null || !table || !dropped.contains(map.getValue())) {
        object.get((int) (values.offset() + at), entry);
        object.put((int) (values.offset() + kept), entry);
        kept += RELOCATION;
      }
    }
    return kept;
  }
}
