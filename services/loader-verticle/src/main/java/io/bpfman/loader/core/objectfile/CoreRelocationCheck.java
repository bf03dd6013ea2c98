package io.bpfman.loader.core.objectfile;

import java.util.regex.Pattern;

/** CO-RE relocations of section .BTF.ext: libbpf takes each number of a path for an index. */
final class CoreRelocationCheck {
  /** "0:2:1": indexes of members and elements. */
  private static final Pattern PATH = Pattern.compile("[0-9]{1,9}(:[0-9]{1,9}){0,63}");

  private static final int MAGIC = 0xEB9F;

  /** Headers shorter than this have no such relocations. */
  private static final int HEADER = 32;

  private static final int RECORD = 16;

  private CoreRelocationCheck() {}

  static void check(Window section, BtfTable table) throws ObjectDamageException {
    long header = section.u32(4);
    if (section.u16(0) != MAGIC) {
      throw new ObjectDamageException("it has no BTF header in section .BTF.ext");
    }
    if (header < HEADER || section.u32(28) == 0) {
      return;
    }
    Window all =
        section.slice("the table of type relocations", header + section.u32(24), section.u32(28));
    long width = all.u32(0);
    if (width < RECORD || width % 4 != 0) {
      throw new ObjectDamageException("it has type relocations of %d bytes".formatted(width));
    }
    long at = 4;
    while (at < all.size()) {
      long count = all.u32(at + 4);
      Window records = all.slice("a list of type relocations", at + 8, count * width);
      for (long record = 0; record < records.size(); record += width) {
        check(records, record, table);
      }
      at += 8 + records.size();
    }
  }

  private static void check(Window records, long at, BtfTable table) throws ObjectDamageException {
    table.requireType(records.u32(at + 4));
    table.requireName(records.u32(at + 8));
    String path = table.text(records.u32(at + 8));
    if (!PATH.matcher(path).matches()) {
      throw new ObjectDamageException("it has a type relocation along \"%s\"".formatted(path));
    }
  }
}
