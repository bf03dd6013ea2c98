package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Searches string tables piece by piece: memory stays small whatever the size of the binary. */
final class NameScan {
  private static final int PIECE = 1 << 18;
  private static final int MAX_NAME = 1024;
  private static final int KEPT = 64;

  private NameScan() {}

  /** A name that looks like the wanted one. */
  private record Likeness(int score, String name) {}

  /**
   * Offsets, ascending, at which the table holds {@code name} followed by NUL or by a version
   * ({@code @}). A linker lets names share their ends, so an offset may lie within a longer name.
   */
  static int[] offsetsOf(FileWindow window, ElfImage.Section strings, String name)
      throws IOException, ElfFormatException {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    if (wanted.length == 0 || wanted.length > MAX_NAME) {
      return new int[0];
    }
    int[] found = new int[8];
    int count = 0;
    int step = PIECE - wanted.length;
    for (long start = 0; start < strings.size(); start += step) {
      byte[] piece = piece(window, strings, start);
      int last = Math.min(step, piece.length - wanted.length);
      for (int i = 0; i < last; i++) {
        if (matchesAt(piece, i, wanted)) {
          if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
          }
          found[count++] = (int) (start + i);
        }
      }
    }
    return Arrays.copyOf(found, count);
  }

  private static byte[] piece(FileWindow window, ElfImage.Section strings, long start)
      throws IOException, ElfFormatException {
    int length = (int) Math.min(PIECE, strings.size() - start);
    ByteBuffer buffer = window.read("the symbol names", strings.offset() + start, length);
    return buffer.array();
  }

  private static boolean matchesAt(byte[] piece, int at, byte[] wanted) {
    byte after = piece[at + wanted.length];
    return piece[at] == wanted[0]
        && (after == 0 || after == '@')
        && Arrays.equals(piece, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /** Some names of the table that look most like the wanted one, by common start and end. */
  static List<String> alike(FileWindow window, ElfImage.Section strings, String wanted)
      throws IOException, ElfFormatException {
    PriorityQueue<Likeness> best = new PriorityQueue<>(Comparator.comparingInt(Likeness::score));
    byte[] name = wanted.getBytes(StandardCharsets.UTF_8);
    byte[] current = new byte[MAX_NAME];
    int length = 0;
    for (long start = 0; start < strings.size(); start += PIECE) {
      for (byte letter : piece(window, strings, start)) {
        if (letter != 0) {
          current[Math.min(length++, MAX_NAME - 1)] = letter;
        } else {
          consider(best, name, current, length);
          length = 0;
        }
      }
    }
    return best.stream().map(Likeness::name).toList();
  }

  private static void consider(
      PriorityQueue<Likeness> best, byte[] wanted, byte[] current, int length) {
    if (length == 0 || length > MAX_NAME) {
      return;
    }
    int score = score(wanted, current, length);
    if (best.size() == KEPT && score <= best.element().score) {
      return;
    }
    if (best.size() == KEPT) {
      best.remove();
    }
    best.add(new Likeness(score, new String(current, 0, length, StandardCharsets.UTF_8)));
  }

  private static int score(byte[] wanted, byte[] current, int length) {
    int most = Math.min(wanted.length, length);
    int start = 0;
    while (start < most && wanted[start] == current[start]) {
      start++;
    }
    int end = 0;
    while (end < most - start && wanted[wanted.length - 1 - end] == current[length - 1 - end]) {
      end++;
    }
    return 2 * (start + end) - Math.abs(wanted.length - length);
  }
}
