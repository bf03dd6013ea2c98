package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.Rule;
import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(Rule rule, Place place, String message) {
    all.add(new Finding(rule, place, message));
  }

  /** A finding unless {@code holds}. */
  void expect(boolean holds, Rule rule, Place place, String message) {
    if (!holds) {
      add(rule, place, message);
    }
  }

  List<Finding> list() {
    return List.copyOf(all);
  }
}
