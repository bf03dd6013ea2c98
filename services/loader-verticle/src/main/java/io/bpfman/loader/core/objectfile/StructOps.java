package io.bpfman.loader.core.objectfile;

import io.bpfman.loader.core.objectfile.SectionTable.Section;

/**
 * Tables of functions for the kernel. libbpf would write kernel structures by them, and refuses the
 * whole object when the kernel does not know one; no program type of bpfman's needs them, so libbpf
 * does not see them. Their functions stay and are not loaded.
 */
final class StructOps {
  private static final String PREFIX = ".struct_ops";

  private StructOps() {}

  /** Also of the relocations of such a section. */
  static boolean isStructOps(String section) {
    return section.startsWith(PREFIX) || section.startsWith(".rel" + PREFIX);
  }

  static boolean isIn(SectionTable sections) {
    return sections.all().stream().anyMatch(section -> isStructOps(section.name()));
  }

  static void hide(SectionTable sections, ElfEdit elf) {
    int index = 0;
    for (Section section : sections.all()) {
      if (isStructOps(section.name())) {
        elf.rename(index, "unused");
      }
      index++;
    }
  }
}
