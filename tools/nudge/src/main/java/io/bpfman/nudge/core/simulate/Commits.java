package io.bpfman.nudge.core.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Which commits build which components, and hence which images belong together. */
final class Commits {
  private final Map<String, NavigableSet<Integer>> byComponent = new HashMap<>();
  private int newest;

  /** Counts the next commit. */
  int add(Set<String> components) {
    newest++;
    components.forEach(
        name -> byComponent.computeIfAbsent(name, key -> new TreeSet<>()).add(newest));
    return newest;
  }

  int newest() {
    return newest;
  }

  /** True when some commit is the newest one for all these images at once. */
  boolean belongTogether(Map<String, Integer> images) {
    int latest = images.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return images.entrySet().stream()
        .allMatch(image -> expected(image.getKey(), latest) == image.getValue());
  }

  private int expected(String component, int at) {
    Integer commit = byComponent.getOrDefault(component, new TreeSet<>()).floor(at);
    return commit == null ? 0 : commit;
  }
}
