package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps of sections "maps" and "maps/...": a row of numbers each, as libbpf before 1.0, iproute2 and
 * aya have them. libbpf 1 takes only maps that are described by types, in section ".maps"; so each
 * gets a type that says the same.
 */
final class LegacyMaps {
  private static final List<String> FIELDS =
      List.of("type", "key_size", "value_size", "max_entries", "map_flags");

  private static final int LEAST = 16;

  /**
   * Word of aya's and iproute2's definitions that asks to pin by name; the one before is unused.
   */
  private static final int PINNING = 6;

  /** More than the kernel takes for one program (MAX_USED_MAPS is 64). */
  private static final int MOST = 1024;

  /** Encoding of an unsigned number. */
  private static final int BYTE_BITS = 8;

  private final SectionTable sections;
  private final Symbols symbols;
  private final List<Section> sources = new ArrayList<>();
  private final List<Definition> definitions = new ArrayList<>();

  private LegacyMaps(SectionTable sections, Symbols symbols) {
    this.sections = sections;
    this.symbols = symbols;
  }

  /**
   * @param offset in the new section
   */
  private record Definition(String name, Window words, long offset) {}

  static boolean isLegacy(Section section) {
    return section.type() == SectionTable.PROGBITS && !section.isCode() && isLegacy(section.name());
  }

  static boolean isLegacy(String section) {
    return section.equals("maps") || section.startsWith("maps/");
  }

  static LegacyMaps of(SectionTable sections, Symbols symbols)
      throws ObjectDamageException, UnfitObjectException {
    LegacyMaps maps = new LegacyMaps(sections, symbols);
    sections.all().stream().filter(LegacyMaps::isLegacy).forEach(maps.sources::add);
    if (!maps.sources.isEmpty()) {
      maps.requireOneKind();
      maps.collect();
    }
    return maps;
  }

  boolean isEmpty() {
    return sources.isEmpty();
  }

  private void requireOneKind() throws ObjectDamageException, UnfitObjectException {
    if (sections.only(".maps").isPresent()) {
      throw new UnfitObjectException(
          "has maps of both kinds, in sections %s and .maps".formatted(sources.getFirst().name()),
          "define all of them in SEC(\".maps\")");
    }
  }

  private void collect() throws ObjectDamageException, UnfitObjectException {
    for (long i = 0; i < symbols.count(); i++) {
      if (symbols.type(i) == Symbols.OBJECT && symbols.section(i) < sections.count()) {
        Section section = sections.at(symbols.section(i));
        if (sources.contains(section)) {
          add(i, section);
        }
      }
    }
  }

  private void add(long symbol, Section section)
      throws ObjectDamageException, UnfitObjectException {
    String name = symbols.name(symbol);
    if (symbols.isLocal(symbol)) {
      throw new UnfitObjectException(
          "has the map \"%s\" as a static variable".formatted(name), "define it without static");
    }
    if (definitions.size() >= MOST) {
      throw new ObjectDamageException("it has more than %d maps".formatted(MOST));
    }
    Window words =
        sections
            .content(section)
            .slice("the map \"" + name + "\"", symbols.value(symbol), symbols.size(symbol));
    if (words.size() < LEAST || words.size() % Integer.BYTES != 0) {
      throw new UnfitObjectException(
          "has the map \"%s\" of %d bytes in section %s; a definition has %d or more"
              .formatted(name, words.size(), section.name(), LEAST),
          "define it in SEC(\".maps\")");
    }
    requireKnown(name, words);
    definitions.add(new Definition(name, words, base(section) + symbols.value(symbol)));
  }

  private static void requireKnown(String name, Window words)
      throws ObjectDamageException, UnfitObjectException {
    for (long at = (PINNING + 1) * 4L; at < words.size(); at += Integer.BYTES) {
      if (words.u32(at) != 0) {
        throw new UnfitObjectException(
            "has the map \"%s\" whose definition says more than type, sizes, entries, flags and pinning"
                .formatted(name),
            "define it in SEC(\".maps\"), also the inner map of a map of maps");
      }
    }
  }

  /** Where the content of a source begins in the new section. */
  private long base(Section source) {
    return sources.stream()
        .takeWhile(other -> !other.equals(source))
        .mapToLong(other -> other.size() + 7 & -8)
        .sum();
  }

  /** Where symbols of that section are now; negative when they stay. */
  long moved(int section) throws ObjectDamageException {
    return section < sections.count() && sources.contains(sections.at(section))
        ? base(sections.at(section))
        : -1;
  }

  /** The section that holds all definitions. */
  int target() {
    return sections.all().indexOf(sources.getFirst());
  }

  void apply(ElfEdit elf, BtfEdit types) throws ObjectDamageException {
    Section last = sources.getLast();
    int size = Math.toIntExact(base(last) + last.size());
    for (Section source : sources) {
      elf.rename(elf.indexOf(source), "unused");
    }
    elf.rename(target(), ".maps");
    elf.replace(target(), new byte[size]);
    int number = types.type(types.text("byte"), BtfEdit.info(BtfTable.INT, 0), 1, BYTE_BITS);
    int[] section = new int[3 + 3 * definitions.size()];
    section[0] = types.text(".maps");
    section[1] = BtfEdit.info(BtfTable.DATASEC, definitions.size());
    section[2] = size;
    int at = 3;
    for (Definition map : definitions) {
      section[at++] = variable(types, map, number);
      section[at++] = (int) map.offset;
      section[at++] = (int) map.words.size();
    }
    types.type(section);
  }

  private static int variable(BtfEdit types, Definition map, int number)
      throws ObjectDamageException {
    List<int[]> members = new ArrayList<>();
    for (int i = 0; i < FIELDS.size() && i * 4L < map.words.size(); i++) {
      member(types, members, FIELDS.get(i), map.words.u32(i * 4L), number);
    }
    long pinning = map.words.size() > PINNING * 4L ? map.words.u32(PINNING * 4L) : 0;
    member(types, members, "pinning", Math.min(pinning, 1), number);
    int[] struct = new int[3 + 3 * members.size()];
    struct[1] = BtfEdit.info(BtfTable.STRUCT, members.size());
    struct[2] = Long.BYTES;
    for (int i = 0; i < members.size(); i++) {
      System.arraycopy(members.get(i), 0, struct, 3 + 3 * i, 3);
    }
    int type = types.type(struct);
    return types.type(types.text(map.name), BtfEdit.info(BtfTable.VARIABLE, 0), type, 1);
  }

  /**
   * A pointer to an array, whose length is the value. All lie at offset 0, so that the type is no
   * longer than the shortest old definition; nobody reads a value of it.
   */
  private static void member(
      BtfEdit types, List<int[]> members, String name, long value, int number) {
    if (value != 0) {
      int array = types.type(0, BtfEdit.info(BtfTable.ARRAY, 0), 0, number, number, (int) value);
      int pointer = types.type(0, BtfEdit.info(BtfTable.POINTER, 0), array);
      members.add(new int[] {types.text(name), pointer, 0});
    }
  }
}
