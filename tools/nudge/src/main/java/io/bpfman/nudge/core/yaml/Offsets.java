package io.bpfman.nudge.core.yaml;

/** Marks count code points, strings count UTF-16 units. */
final class Offsets {
  private static final int[] SAME = {};

  private Offsets() {}

  /** The unit at which each code point starts, and the end; empty when they are the same. */
  static int[] of(String text) {
    int points = text.codePointCount(0, text.length());
    if (points == text.length()) {
      return SAME;
    }
    int[] offsets = new int[points + 1];
    int unit = 0;
    for (int point = 0; point < points; point++) {
      offsets[point] = unit;
      unit += Character.charCount(text.codePointAt(unit));
    }
    offsets[points] = unit;
    return offsets;
  }

  static int unit(int[] offsets, int point) {
    return offsets.length == 0 ? point : offsets[point];
  }
}
