package io.bpfman.loader.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages real ELF objects where it hurts: headers, the section table, symbols, relocations, types
 * and code are hit equally often, whatever their share of the file. One seed, one sequence.
 */
public final class ObjectMutator {
  private static final int HEADER = 64;
  private static final int SECTION = 64;
  private static final int NOBITS = 8;

  /** Limits of the widths that occur, and what is next to them. */
  private static final long[] LIMITS = {
    0,
    1,
    2,
    7,
    8,
    0x18,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    0x7FFFFFFF,
    0x80000000L,
    0xFFFFFFFCL,
    0xFFFFFFFFL,
    -1,
    -8,
    Long.MIN_VALUE,
    Long.MAX_VALUE
  };

  private final Random random;

  public ObjectMutator(long seed) {
    random = new Random(seed);
  }

  /** A damaged copy. */
  public byte[] mutate(byte[] original) {
    byte[] copy = original.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(copy, original);
    }
    return random.nextInt(40) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
  }

  private void change(byte[] copy, byte[] original) {
    ByteBuffer elf = ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN);
    int table = (int) elf.getLong(40);
    int sections = elf.getShort(60);
    switch (random.nextInt(12)) {
      case 0 -> hit(copy, 0, HEADER);
      case 1, 2 -> hit(copy, table, sections * SECTION);
      case 3 -> swapHeaders(copy, table, sections);
      case 4 -> spliceWords(copy);
      default -> {
        int at = table + random.nextInt(sections) * SECTION;
        int size = elf.getInt(at + 4) == NOBITS ? 0 : (int) elf.getLong(at + 32);
        hit(copy, (int) elf.getLong(at + 24), size);
      }
    }
  }

  private void hit(byte[] copy, int start, int size) {
    if (size <= 0) {
      return;
    }
    int width = 1 << random.nextInt(4);
    int at = start + random.nextInt(size) / width * width;
    if (at + width > copy.length) {
      return;
    }
    if (random.nextInt(4) == 0) {
      copy[at] ^= (byte) (1 << random.nextInt(8));
      return;
    }
    ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    value.putLong(0, value());
    System.arraycopy(value.array(), 0, copy, at, width);
  }

  private long value() {
    return switch (random.nextInt(3)) {
      case 0 -> LIMITS[random.nextInt(LIMITS.length)];
      case 1 -> random.nextInt(80);
      default -> random.nextInt(5000);
    };
  }

  private void swapHeaders(byte[] copy, int table, int sections) {
    int one = table + random.nextInt(sections) * SECTION;
    int other = table + random.nextInt(sections) * SECTION;
    byte[] kept = Arrays.copyOfRange(copy, one, one + SECTION);
    System.arraycopy(copy, other, copy, one, SECTION);
    System.arraycopy(kept, 0, copy, other, SECTION);
  }

  /** Words of one place at another one: whole types, symbols and relocations change place. */
  private void spliceWords(byte[] copy) {
    int length = 4 * (1 + random.nextInt(12));
    int from = random.nextInt(copy.length - length) & ~3;
    int to = random.nextInt(copy.length - length) & ~3;
    System.arraycopy(copy, from, copy, to, length);
  }
}
