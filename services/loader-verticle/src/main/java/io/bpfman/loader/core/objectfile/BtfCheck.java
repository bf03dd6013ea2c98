package io.bpfman.loader.core.objectfile;

import java.util.Set;
import java.util.regex.Pattern;

/** Types refer to types and names that exist, and none contains itself. One use. */
final class BtfCheck {
  private static final Set<Integer> WHOLE_NUMBERS =
      Set.of(BtfTable.INT, BtfTable.ENUM, BtfTable.ENUM64);

  /** Maps are pinned under their names. */
  private static final Pattern MAP_NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_.$]{0,511}");

  /** Bytes; values of the kernel's configuration are shorter. */
  private static final long MAX_KCONFIG = 4096;

  private final BtfTable table;
  private final BtfNesting nesting;

  BtfCheck(BtfTable table) {
    this.table = table;
    this.nesting = new BtfNesting(table);
  }

  void check() throws ObjectDamageException {
    for (long id = 1; id < table.count(); id++) {
      table.requireName(table.name(id));
      references(id);
    }
    for (long id = 1; id < table.count(); id++) {
      nesting.depth(id);
    }
    for (long id = 1; id < table.count(); id++) {
      if (table.kind(id) == BtfTable.DATASEC) {
        variables(id);
      }
    }
  }

  private void references(long id) throws ObjectDamageException {
    switch (table.kind(id)) {
      case BtfTable.POINTER,
          BtfTable.TYPEDEF,
          BtfTable.VOLATILE,
          BtfTable.CONST,
          BtfTable.RESTRICT,
          BtfTable.VARIABLE,
          BtfTable.DECLARATION_TAG,
          BtfTable.TYPE_TAG ->
          table.requireType(table.sizeOrType(id));
      case BtfTable.ARRAY -> {
        table.requireType(table.part(id, 0));
        table.requireType(table.part(id, 4));
      }
      case BtfTable.STRUCT, BtfTable.UNION -> members(id);
      case BtfTable.INT, BtfTable.FLOAT -> size(id);
      case BtfTable.ENUM -> {
        size(id);
        names(id, 8);
      }
      case BtfTable.ENUM64 -> {
        size(id);
        names(id, 12);
      }
      case BtfTable.FUNCTION -> prototype(id);
      case BtfTable.FUNCTION_PROTOTYPE -> {
        table.requireType(table.sizeOrType(id));
        names(id, 8);
        types(id, 8, 4);
      }
      case BtfTable.DATASEC -> types(id, 12, 0);
      default -> {}
    }
  }

  /** libbpf divides by it. */
  private void size(long id) throws ObjectDamageException {
    long size = table.sizeOrType(id);
    if (size < 1 || size > 16) {
      throw new ObjectDamageException(
          "it has BTF type %d, a number of %d bytes".formatted(id, size));
    }
  }

  private void names(long id, int stride) throws ObjectDamageException {
    for (int i = 0; i < table.entries(id); i++) {
      table.requireName(table.part(id, (long) i * stride));
    }
  }

  private void types(long id, int stride, int offset) throws ObjectDamageException {
    for (int i = 0; i < table.entries(id); i++) {
      table.requireType(table.part(id, (long) i * stride + offset));
    }
  }

  private void members(long id) throws ObjectDamageException {
    names(id, 12);
    types(id, 12, 4);
  }

  private void prototype(long id) throws ObjectDamageException {
    long prototype = table.sizeOrType(id);
    table.requireType(prototype);
    if (table.kind(prototype) != BtfTable.FUNCTION_PROTOTYPE) {
      throw new ObjectDamageException("it has BTF function %d without prototype".formatted(id));
    }
  }

  /** To be called when no type contains itself. */
  private void variables(long id) throws ObjectDamageException {
    String section = table.text(table.name(id));
    for (int i = 0; i < table.entries(id); i++) {
      long variable = table.part(id, 12L * i);
      int kind = table.kind(variable);
      boolean function = kind == BtfTable.FUNCTION && section.equals(".ksyms");
      if (kind != BtfTable.VARIABLE && !function) {
        throw new ObjectDamageException(
            "it has BTF type %d in section \"%s\", which is no variable"
                .formatted(variable, section));
      }
      if (section.equals(".maps")) {
        mapName(table.text(table.name(variable)));
      }
      if (section.equals(".kconfig") && nesting.size(variable) > MAX_KCONFIG) {
        throw new ObjectDamageException(
            "it has a variable of more than %d bytes in section .kconfig".formatted(MAX_KCONFIG));
      }
    }
  }

  private static void mapName(String name) throws ObjectDamageException {
    if (!MAP_NAME.matcher(name).matches()) {
      throw new ObjectDamageException(
          "it has a map \"%s\"; letters, digits and underscores make the name of a map"
              .formatted(name));
    }
  }

  /** Whether the type of a bit field is a whole number. */
  static boolean isWholeNumber(int kind) {
    return WHOLE_NUMBERS.contains(kind);
  }
}
