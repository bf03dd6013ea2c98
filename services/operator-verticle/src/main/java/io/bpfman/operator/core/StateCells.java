package io.bpfman.operator.core;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One application on all its nodes. Changed in place: made anew with each report, it was most of
 * what the operator's memory was spent on. For one thread.
 */
final class StateCells {
  private final TreeMap<String, StateCell> cells = new TreeMap<>();

  /** Null when it is to be made anew. */
  private @Nullable List<NodeState> states;

  @Nullable StateCell of(String node) {
    return cells.get(node);
  }

  void put(String node, StateCell cell) {
    StateCell before = cells.put(node, cell);
    if (before == null || before.state() != cell.state()) {
      states = null;
    }
  }

  void retain(Predicate<String> nodes) {
    if (cells.keySet().removeIf(nodes.negate())) {
      states = null;
    }
  }

  /** By node; the same list for as long as it holds the same. */
  List<NodeState> states() {
    List<NodeState> now =
        states == null ? cells.values().stream().map(StateCell::state).toList() : states;
    states = now;
    return now;
  }
}
