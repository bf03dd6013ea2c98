package io.bpfman.loader.core.objectfile;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Refuses objects on which libbpf 1.1 would read or write outside of its memory, loop without end
 * or recurse without bound. What passes may still be refused by libbpf or the kernel.
 */
public final class ObjectCheck {
  /** Makes libbpf write kernel structures; no program type of bpfman's needs it. */
  private static final String STRUCT_OPS = ".struct_ops";

  private ObjectCheck() {}

  /**
   * @param content a whole file that is known to be a 64-bit little-endian relocatable ELF file
   * @throws ObjectDamageException with what is wrong
   */
  public static void check(ByteBuffer content) throws ObjectDamageException {
    SectionTable sections = SectionTable.read(Window.of(content));
    sections.only(".text");
    for (SectionTable.Section section : sections.all()) {
      if (section.name().startsWith(STRUCT_OPS)) {
        throw new ObjectDamageException("it has struct_ops, which no program type here needs");
      }
    }
    Optional<SectionTable.Section> maps = sections.only(".maps");
    if (maps.isPresent() && maps.get().type() != SectionTable.PROGBITS) {
      throw new ObjectDamageException("it has a section .maps without bytes");
    }
    new CodeCheck(sections).check();
    Optional<SectionTable.Section> types = sections.only(".BTF");
    Optional<SectionTable.Section> more = sections.only(".BTF.ext");
    if (types.isPresent()) {
      BtfTable table = BtfTable.read(sections.content(types.get()));
      new BtfCheck(table).check();
      if (more.isPresent()) {
        CoreRelocationCheck.check(sections.content(more.get()), table);
      }
    }
  }
}
