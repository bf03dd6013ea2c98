package io.bpfman.loader.core.btf;

import java.math.BigInteger;

/** Whole numbers within little-endian bytes. */
final class BitField {
  private BitField() {}

  /**
   * Reads {@code bits} bits, at most 128.
   *
   * @throws BtfException when they reach beyond the end
   */
  static BigInteger get(byte[] from, long bitOffset, int bits, boolean signed) throws BtfException {
    require(from, bitOffset, bits);
    if (bits <= 32 && bitOffset % 8 == 0 && bits % 8 == 0) {
      return BigInteger.valueOf(small(from, (int) (bitOffset / 8), bits, signed));
    }
    BigInteger value = BigInteger.ZERO;
    for (int i = bits - 1; i >= 0; i--) {
      long at = bitOffset + i;
      value = value.shiftLeft(1);
      if ((from[(int) (at / 8)] >>> (at % 8) & 1) != 0) {
        value = value.setBit(0);
      }
    }
    return signed && value.testBit(bits - 1)
        ? value.subtract(BigInteger.ONE.shiftLeft(bits))
        : value;
  }

  private static long small(byte[] from, int offset, int bits, boolean signed) {
    long value = 0;
    for (int i = bits / 8 - 1; i >= 0; i--) {
      value = value << 8 | from[offset + i] & 0xFF;
    }
    return signed ? value << 64 - bits >> 64 - bits : value;
  }

  /**
   * Writes the low {@code bits} bits of {@code value}; the other bits stay.
   *
   * @throws BtfException when they reach beyond the end
   */
  static void put(byte[] to, long bitOffset, int bits, BigInteger value) throws BtfException {
    require(to, bitOffset, bits);
    for (int i = 0; i < bits; i++) {
      long at = bitOffset + i;
      int mask = 1 << (int) (at % 8);
      int index = (int) (at / 8);
      to[index] = (byte) (value.testBit(i) ? to[index] | mask : to[index] & ~mask);
    }
  }

  private static void require(byte[] bytes, long bitOffset, int bits) throws BtfException {
    if (bitOffset < 0 || bits < 1 || bits > 128 || bitOffset + bits > bytes.length * 8L) {
      throw new BtfException("a member lies beyond the end of its type");
    }
  }
}
