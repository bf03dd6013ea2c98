package io.bpfman.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Picks the existing names that a mistyped one was probably meant to be. */
public final class NearNames {
  /** Words that are shown whole. */
  static final int WHOLE = 12;

  /** Words that are shown of a longer list. */
  static final int NEAREST = 8;

  private NearNames() {}

  /** At most {@code limit} of {@code candidates}, nearest first by edit distance, ties by name. */
  public static List<String> of(String wanted, Collection<String> candidates, int limit) {
    return candidates.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt((String name) -> distance(wanted, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(limit)
        .toList();
  }

  /**
   * Words of a closed set for a message, nearest first: {@code known: a, b} up to {@link #WHOLE} of
   * them; of more the {@link #NEAREST} nearest, and how many there are besides.
   */
  public static String known(String wanted, Collection<String> words) {
    List<String> all = of(wanted, words, Integer.MAX_VALUE);
    return all.size() <= WHOLE
        ? "known: " + list(all)
        : "nearest: %s and %d more".formatted(list(all.subList(0, NEAREST)), all.size() - NEAREST);
  }

  /** Names joined for a message, or {@code none}. */
  public static String list(Collection<String> names) {
    return names.isEmpty() ? "none" : names.stream().collect(Collectors.joining(", "));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row = nextRow(a.charAt(i - 1), i, b, row);
    }
    return row[b.length()];
  }

  private static int[] nextRow(char letter, int index, String b, int[] above) {
    int[] row = new int[above.length];
    row[0] = index;
    for (int j = 1; j < row.length; j++) {
      int substitution = above[j - 1] + (letter == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(substitution, 1 + Math.min(above[j], row[j - 1]));
    }
    return row;
  }
}
