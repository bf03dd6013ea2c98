package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void error(String rule, Place place, String message) {
    all.add(Finding.error(rule, place, message));
  }

  void warning(String rule, Place place, String message) {
    all.add(Finding.warning(rule, place, message));
  }

  /** An error unless {@code holds}. */
  void expect(boolean holds, String rule, Place place, String message) {
    if (!holds) {
      error(rule, place, message);
    }
  }

  List<Finding> list() {
    return List.copyOf(all);
  }
}
