package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks a symbol table in pieces of fixed size, without an object for each symbol. */
final class SymbolTable {
  static final int OBJECT = 1;
  static final int FUNCTION = 2;

  /** STT_GNU_IFUNC: its value is a resolver that runs once, not the function. */
  static final int INDIRECT_FUNCTION = 10;

  private static final int ENTRY = 24;
  private static final int ENTRIES_AT_ONCE = 4096;

  private SymbolTable() {}

  /** Sees each symbol in turn. */
  @FunctionalInterface
  interface Visitor {
    void visit(Cursor symbol) throws ElfFormatException;
  }

  /** The symbol being visited; valid only during the visit. */
  static final class Cursor {
    private final ByteBuffer buffer;
    private int at;

    private Cursor(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    /** Offset in the string table. */
    int name() {
      return buffer.getInt(at);
    }

    /** STT_ number. */
    int type() {
      return buffer.get(at + 4) & 0xF;
    }

    /** STB_ number: 0 local, 1 global, 2 weak. */
    int binding() {
      return (buffer.get(at + 4) >> 4) & 0xF;
    }

    /** Section index; 0 when undefined elsewhere, above 0xFF00 when special. */
    int section() {
      return Short.toUnsignedInt(buffer.getShort(at + 6));
    }

    /** Address, or in relocatable files the offset in the section. */
    long value() {
      return buffer.getLong(at + 8);
    }

    long size() {
      return buffer.getLong(at + 16);
    }
  }

  static void scan(FileWindow window, ElfImage.Section table, Visitor visitor)
      throws IOException, ElfFormatException {
    long entries = table.size() / ENTRY;
    int room = (int) Math.min(ENTRIES_AT_ONCE, entries) * ENTRY;
    ByteBuffer buffer = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
    Cursor cursor = new Cursor(buffer);
    for (long first = 0; first < entries; first += ENTRIES_AT_ONCE) {
      int count = (int) Math.min(ENTRIES_AT_ONCE, entries - first);
      buffer.clear().limit(count * ENTRY);
      window.readInto(buffer, "the symbol table", table.offset() + first * ENTRY);
      for (int i = 0; i < count; i++) {
        cursor.at = i * ENTRY;
        visitor.visit(cursor);
      }
    }
  }
}
