package io.bpfman.loader.core.objectfile;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Refuses objects on which libbpf 1.1 would read or write outside of its memory, loop without end
 * or recurse without bound. What passes may still be refused by libbpf or the kernel.
 */
public final class ObjectCheck {
  private ObjectCheck() {}

  /**
   * What libbpf is about to get: struct_ops, by which it would write kernel structures, must be
   * gone.
   *
   * @param content a whole file that is known to be a 64-bit little-endian relocatable ELF file
   * @throws ObjectDamageException with what is wrong
   */
  public static void check(ByteBuffer content) throws ObjectDamageException {
    for (SectionTable.Section section : sound(content).all()) {
      if (StructOps.isStructOps(section.name())) {
        throw new ObjectDamageException("it has struct_ops, which no program type here needs");
      }
    }
  }

  /** The same with struct_ops. */
  static SectionTable sound(ByteBuffer content) throws ObjectDamageException {
    SectionTable sections = SectionTable.read(Window.of(content));
    sections.only(".text");
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
    return sections;
  }
}
