package io.bpfman.model;

/** Range check shared by the id types. */
final class Ids {
  /** Largest id that fits the wire's uint32. */
  static final long MAX = 0xFFFF_FFFFL;

  private Ids() {}

  static void requireUnsigned32(String what, long value) {
    if (value < 1 || value > MAX) {
      throw FailureCode.INVALID_REQUEST.because(
          "%s %d is out of range; it must be 1 to %d".formatted(what, value, MAX));
    }
  }
}
