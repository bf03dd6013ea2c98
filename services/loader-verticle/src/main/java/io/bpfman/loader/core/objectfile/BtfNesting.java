package io.bpfman.loader.core.objectfile;

/** How deep types contain one another, and their sizes. References must be known to be good. */
final class BtfNesting {
  /** Names, qualifiers, arrays and members inside of one another; the kernel's own have 20. */
  private static final int MAX_DEPTH = 64;

  private final BtfTable table;
  private final byte[] depths;

  BtfNesting(BtfTable table) {
    this.table = table;
    this.depths = new byte[table.count()];
  }

  /** 1 for a type that contains no other. */
  int depth(long id) throws ObjectDamageException {
    return depth(id, 0);
  }

  private int depth(long id, int above) throws ObjectDamageException {
    int known = depths[(int) id];
    if (above + Math.max(known, 1) > MAX_DEPTH) {
      throw new ObjectDamageException(
          "it has BTF types that contain themselves or are nested more than %d deep"
              .formatted(MAX_DEPTH));
    }
    if (known == 0) {
      known = 1 + deepestPart(id, above + 1);
      depths[(int) id] = (byte) known;
    }
    return known;
  }

  private int deepestPart(long id, int above) throws ObjectDamageException {
    return switch (table.kind(id)) {
      case BtfTable.TYPEDEF,
          BtfTable.VOLATILE,
          BtfTable.CONST,
          BtfTable.RESTRICT,
          BtfTable.TYPE_TAG,
          BtfTable.VARIABLE ->
          depth(table.sizeOrType(id), above);
      case BtfTable.ARRAY -> depth(table.part(id, 0), above);
      case BtfTable.STRUCT, BtfTable.UNION -> deepestMember(id, above);
      default -> 0;
    };
  }

  private int deepestMember(long id, int above) throws ObjectDamageException {
    int deepest = 0;
    for (int i = 0; i < table.entries(id); i++) {
      deepest = Math.max(deepest, depth(table.part(id, 12L * i + 4), above));
      bitField(id, i);
    }
    return deepest;
  }

  /** libbpf divides by the size of a bit field's type. */
  private void bitField(long id, int index) throws ObjectDamageException {
    boolean bits = table.flag(id) && table.part(id, 12L * index + 8) >> 24 != 0;
    if (bits && !BtfCheck.isWholeNumber(table.kind(resolve(table.part(id, 12L * index + 4))))) {
      throw new ObjectDamageException(
          "it has BTF type %d with a bit field that is no number".formatted(id));
    }
  }

  /** Without names and qualifiers. */
  private long resolve(long id) throws ObjectDamageException {
    long current = id;
    while (true) {
      switch (table.kind(current)) {
        case BtfTable.TYPEDEF,
            BtfTable.VOLATILE,
            BtfTable.CONST,
            BtfTable.RESTRICT,
            BtfTable.TYPE_TAG ->
            current = table.sizeOrType(current);
        default -> {
          return current;
        }
      }
    }
  }

  /** Bytes; at least {@link Integer#MAX_VALUE} where arrays multiply beyond. */
  long size(long id) throws ObjectDamageException {
    return switch (table.kind(id)) {
      case BtfTable.TYPEDEF,
          BtfTable.VOLATILE,
          BtfTable.CONST,
          BtfTable.RESTRICT,
          BtfTable.TYPE_TAG,
          BtfTable.VARIABLE ->
          size(table.sizeOrType(id));
      case BtfTable.ARRAY ->
          Math.min(Integer.MAX_VALUE, table.part(id, 8))
              * Math.min(Integer.MAX_VALUE, size(table.part(id, 0)));
      case BtfTable.POINTER -> Long.BYTES;
      case 0, BtfTable.FORWARD, BtfTable.FUNCTION, BtfTable.FUNCTION_PROTOTYPE -> 0;
      default -> table.sizeOrType(id);
    };
  }
}
