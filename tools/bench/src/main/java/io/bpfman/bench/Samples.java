package io.bpfman.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Durations by what was measured, in microseconds. Not thread-safe. */
final class Samples {
  private final Map<String, double[]> values = new TreeMap<>();

  void add(String what, double micros) {
    double[] old = values.getOrDefault(what, new double[0]);
    double[] grown = Arrays.copyOf(old, old.length + 1);
    grown[old.length] = micros;
    values.put(what, grown);
  }

  void addAll(Samples others) {
    others.values.forEach(
        (what, micros) -> {
          for (double value : micros) {
            add(what, value);
          }
        });
  }

  /** What was measured, in alphabetical order. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /**
   * @param fraction 0.5 for the median, 0.95 for the 95th percentile; nearest rank
   */
  double percentile(String what, double fraction) {
    double[] sorted = values.getOrDefault(what, new double[0]).clone();
    if (sorted.length == 0) {
      throw new IllegalStateException("nothing was measured for " + what);
    }
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(fraction * sorted.length) - 1];
  }
}
