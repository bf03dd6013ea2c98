package io.bpfman.loader.core.btf;

import io.bpfman.loader.core.btf.BtfType.Alias;
import io.bpfman.loader.core.btf.BtfType.Array;
import io.bpfman.loader.core.btf.BtfType.Composite;
import io.bpfman.loader.core.btf.BtfType.Enumeration;
import io.bpfman.loader.core.btf.BtfType.Int;
import io.bpfman.loader.core.btf.BtfType.Opaque;
import io.bpfman.loader.core.btf.BtfType.Pointer;
import io.bpfman.loader.core.btf.BtfType.Real;
import io.bpfman.loader.core.btf.BtfType.Section;
import io.bpfman.loader.core.btf.BtfType.Slot;
import io.bpfman.loader.core.btf.BtfType.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table of types. Any bytes whatever end in a table or in a {@link BtfException}; so does any use
 * of the table, however its types refer to one another. Immutable.
 */
public final class BtfTypes {
  /** Far deeper than the types of any map; what is deeper refers to itself. */
  private static final int MAX_DEPTH = 32;

  private final List<BtfType> types;

  private BtfTypes(List<BtfType> types) {
    this.types = types;
  }

  /**
   * Reads the bytes that the kernel gives for a BTF id.
   *
   * @throws BtfException when they are damaged, or of a kind that is not known here
   */
  public static BtfTypes read(byte[] content) throws BtfException {
    return new BtfTypes(BtfReader.read(content));
  }

  /**
   * The type behind an id.
   *
   * @param size of the values, bytes
   * @throws BtfException when the type has another size
   */
  public BtfValueType value(int id, int size) throws BtfException {
    long actual = size(id, 0);
    if (actual != size) {
      throw new BtfException(
          "type \"%s\" has %d bytes, the map %d".formatted(describe(id), actual, size));
    }
    return new BtfValueType(this, id, size);
  }

  /** Without names for it and qualifiers. */
  BtfType resolve(int id) throws BtfException {
    int current = id;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      BtfType type = at(current);
      if (!(type instanceof Alias alias)) {
        return type;
      }
      current = alias.target();
    }
    throw tooDeep();
  }

  long size(int id) throws BtfException {
    return size(id, 0);
  }

  private long size(int id, int depth) throws BtfException {
    requireDepth(depth);
    return switch (resolve(id)) {
      case Int number -> number.size();
      case Real real -> real.size();
      case Pointer pointer -> Long.BYTES;
      case Composite composite -> composite.size();
      case Enumeration enumeration -> enumeration.size();
      case Section section -> section.size();
      case Array array -> {
        long element = size(array.element(), depth + 1);
        if (element > Integer.MAX_VALUE || element * array.count() > Integer.MAX_VALUE) {
          throw new BtfException("an array type has more than 2 GiB");
        }
        yield element * array.count();
      }
      case Alias alias -> throw tooDeep();
      case Opaque opaque -> throw valueless(opaque);
      case Variable variable -> throw valueless(variable);
    };
  }

  private static BtfException valueless(BtfType type) {
    return new BtfException("type \"%s\" has no values".formatted(type.name()));
  }

  /**
   * Variables of a section in the order of their places; none when the type is no section.
   *
   * @throws BtfException when one lies beyond the end
   */
  List<BtfVariable> variables(int id) throws BtfException {
    if (!(at(id) instanceof Section section)) {
      return List.of();
    }
    List<BtfVariable> variables = new ArrayList<>();
    for (Slot slot : section.slots()) {
      if (slot.offset() + slot.size() > section.size() || section.size() > Integer.MAX_VALUE) {
        throw new BtfException(
            "a variable lies beyond the end of section \"%s\"".formatted(section.name()));
      }
      if (at(slot.variable()) instanceof Variable variable) {
        variables.add(variable(variable, slot));
      }
    }
    variables.sort(Comparator.comparingInt(BtfVariable::offset));
    return List.copyOf(variables);
  }

  private BtfVariable variable(Variable variable, Slot slot) {
    int size = (int) slot.size();
    int offset = (int) slot.offset();
    try {
      return new BtfVariable(
          variable.name(), describe(variable.type()), offset, size, value(variable.type(), size));
    } catch (BtfException unusable) {
      return new BtfVariable(variable.name(), "", offset, size, null);
    }
  }

  static void requireDepth(int depth) throws BtfException {
    if (depth > MAX_DEPTH) {
      throw tooDeep();
    }
  }

  private static BtfException tooDeep() {
    return new BtfException("types are nested more than %d deep".formatted(MAX_DEPTH));
  }

  /** As in C, for people. */
  String describe(int id) throws BtfException {
    return describe(id, 0);
  }

  private String describe(int id, int depth) throws BtfException {
    requireDepth(depth);
    return switch (at(id)) {
      case Alias alias ->
          alias.name().isEmpty()
              ? alias.keyword() + describe(alias.target(), depth + 1)
              : alias.name();
      case Array array -> describe(array.element(), depth + 1) + "[" + array.count() + "]";
      case Composite composite ->
          (composite.union() ? "union " : "struct ") + orAnonymous(composite.name());
      case Enumeration enumeration -> "enum " + orAnonymous(enumeration.name());
      case Pointer pointer -> "pointer";
      case BtfType other -> other.name();
    };
  }

  private static String orAnonymous(String name) {
    return name.isEmpty() ? "(anonymous)" : name;
  }

  private BtfType at(int id) throws BtfException {
    if (id < 0 || id >= types.size()) {
      throw new BtfException("type %d is not among the %d there are".formatted(id, types.size()));
    }
    return types.get(id);
  }
}
