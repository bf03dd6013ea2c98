package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says the same object in the words that libbpf 1 takes: functions of programs are global, maps of
 * the old kind have types, and there is no struct_ops. One use.
 */
public final class ObjectRewrite {
  /** As the reader of objects. */
  private static final int MOST_PROGRAMS = 65_536;

  private final ByteBuffer original;
  private final SectionTable sections;
  private final Symbols symbols;
  private final LegacyMaps maps;
  private final Set<String> staticPrograms = new HashSet<>();
  private final boolean structOps;
  private final ElfEdit elf;

  private ObjectRewrite(ByteBuffer original, SectionTable sections)
      throws ObjectDamageException, UnfitObjectException {
    this.original = original;
    this.sections = sections;
    this.symbols = Symbols.of(sections);
    this.maps = LegacyMaps.of(sections, symbols);
    this.structOps = StructOps.isIn(sections);
    this.elf = new ElfEdit(original, sections);
    for (long i = 0; i < symbols.count(); i++) {
      if (isStaticProgram(i)) {
        staticPrograms.add(symbols.name(i));
      }
      if (staticPrograms.size() > MOST_PROGRAMS) {
        throw new ObjectDamageException("it has more than %d programs".formatted(MOST_PROGRAMS));
      }
    }
  }

  /**
   * @param original a whole file that is known to be a 64-bit little-endian relocatable ELF file;
   *     stays as it is
   * @throws ObjectDamageException as {@link ObjectCheck}
   * @throws UnfitObjectException when it cannot be said in other words
   */
  public static ObjectRewrite of(ByteBuffer original)
      throws ObjectDamageException, UnfitObjectException {
    return new ObjectRewrite(original, ObjectCheck.sound(original));
  }

  /** Whether libbpf would refuse it as it is. */
  public boolean isNeeded() {
    return !staticPrograms.isEmpty() || !maps.isEmpty() || structOps;
  }

  /** Functions outside of program sections stay local: the kernel checks global ones alone. */
  private boolean isStaticProgram(long symbol) throws ObjectDamageException {
    int index = symbols.section(symbol);
    if (!symbols.isLocal(symbol)
        || symbols.type(symbol) != Symbols.FUNCTION
        || index == 0
        || index >= sections.count()) {
      return false;
    }
    Section section = sections.at(index);
    return section.isCode() && !section.name().equals(".text");
  }

  /** Bytes of the rewritten object. To be called once. */
  public long prepare() throws ObjectDamageException {
    if (structOps) {
      StructOps.hide(sections, elf);
    }
    Optional<Section> section = sections.only(".BTF");
    if (section.isPresent()) {
      Window content = sections.content(section.get());
      BtfTable table = BtfTable.read(content);
      BtfEdit types = BtfEdit.of(content, table);
      types.forgetSections(
          table, this::isGone, types.type(0, BtfEdit.info(BtfTable.POINTER, 0), 0));
      types.globalFunctions(table, staticPrograms::contains);
      describeMaps(types);
      elf.replace(elf.indexOf(section.get()), types.build());
    } else if (!maps.isEmpty()) {
      BtfEdit types = BtfEdit.empty();
      describeMaps(types);
      elf.add(".BTF", types.build());
    }
    return elf.finish();
  }

  private void describeMaps(BtfEdit types) throws ObjectDamageException {
    if (!maps.isEmpty()) {
      maps.apply(elf, types);
    }
  }

  private boolean isGone(String section) {
    return StructOps.isStructOps(section) || (!maps.isEmpty() && LegacyMaps.isLegacy(section));
  }

  /**
   * @param target as long as {@link #prepare} said
   */
  public void write(ByteBuffer target) throws ObjectDamageException {
    elf.write(original, target);
    target.order(ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < symbols.count(); i++) {
      int at = symbols.place(i);
      if (isStaticProgram(i)) {
        target.put(at + Symbols.INFO, (byte) (Symbols.GLOBAL | Symbols.FUNCTION));
      }
      long moved = maps.isEmpty() ? -1 : maps.moved(symbols.section(i));
      if (moved >= 0) {
        target.putShort(at + Symbols.SECTION, (short) maps.target());
        target.putLong(at + Symbols.VALUE, symbols.value(i) + moved);
      }
    }
  }
}
