package io.bpfman.loader.core.btf;

import java.math.BigInteger;
import java.util.List;

/** One type of a BTF table, as far as values need it. Sizes are bytes. */
sealed interface BtfType {
  /** As in C, without "struct" and the like; empty for anonymous ones. */
  String name();

  /** An integer; {@code bits} may be less than the size says. */
  record Int(String name, int size, int bits, boolean signed, boolean bool) implements BtfType {
    /** Compilers describe char as a signed integer of one byte, so the name decides. */
    boolean character() {
      return size == 1 && (name.equals("char") || name.equals("unsigned char"));
    }
  }

  /** A floating-point number. */
  record Real(String name, int size) implements BtfType {}

  /** An address. */
  record Pointer(String name) implements BtfType {}

  /** {@code count} elements of one type. */
  record Array(String name, int element, long count) implements BtfType {}

  /** A struct or a union. */
  record Composite(String name, boolean union, long size, List<Member> members)
      implements BtfType {}

  /** Named constants. */
  record Enumeration(String name, int size, boolean signed, List<Constant> constants)
      implements BtfType {}

  /** Another name or a qualifier of {@code target}. */
  record Alias(String name, String keyword, int target) implements BtfType {}

  /** A global variable; what it is of is another type. */
  record Variable(String name, int type) implements BtfType {}

  /** A section of the object that holds global variables. */
  record Section(String name, long size, List<Slot> slots) implements BtfType {}

  /** Functions, forward declarations and whatever else has no value. */
  record Opaque(String name, int kind) implements BtfType {}

  /**
   * A member.
   *
   * @param bitOffset from the start of the struct
   * @param bits width of a bit field; 0: as wide as its type
   */
  record Member(String name, int type, long bitOffset, int bits) {}

  /**
   * A place in a section.
   *
   * @param variable type id
   * @param offset bytes
   * @param size bytes
   */
  record Slot(int variable, long offset, long size) {}

  /** One name of an enumeration. */
  record Constant(String name, BigInteger value) {}
}
