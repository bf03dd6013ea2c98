package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.StateConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the nodes of one application and words its condition. */
final class Summary {
  /** Names and causes beyond these are counted only. */
  private static final int SHOWN = 3;

  private final List<String> ready = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private final SortedMap<String, String> failing = new TreeMap<>();
  private int selected;

  void add(NodeView node, Verdict verdict, boolean isSelected) {
    selected += isSelected ? 1 : 0;
    if (!node.reporting()) {
      silent.add(node.node());
    } else if (verdict.type().equals(StateConditions.SUCCESS)) {
      ready.add(node.node());
    } else if (verdict.type().equals(StateConditions.PENDING)) {
      waiting.add(node.node());
    } else {
      failing.put(node.node(), verdict.message());
    }
  }

  /** A silent node is counted and holds nothing up, unless no other is left. */
  String type(int nodes) {
    if (!failing.isEmpty()) {
      return ApplicationConditions.ERROR;
    } else if (nodes == 0 || !waiting.isEmpty() || ready.isEmpty() && !silent.isEmpty()) {
      return ApplicationConditions.PENDING;
    }
    return ApplicationConditions.SUCCESS;
  }

  /**
   * @param nodes known at all
   */
  String message(int nodes) {
    if (nodes == 0) {
      return "no node has reported yet";
    } else if (selected == 0 && waiting.isEmpty() && failing.isEmpty()) {
      return "the node selector matches none of %d nodes".formatted(nodes);
    }
    StringBuilder text =
        new StringBuilder("%d of %d selected nodes ready".formatted(ready.size(), selected));
    name(
        text,
        "failing",
        failing.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList());
    name(text, "waiting for", waiting);
    name(text, "not reporting", silent);
    return text.toString();
  }

  /** What an application waits for that is being removed. */
  String removalMessage() {
    StringBuilder text = new StringBuilder("is being removed");
    name(
        text,
        "failing",
        failing.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList());
    name(text, "waiting for", waiting);
    return text.toString();
  }

  private static void name(StringBuilder text, String what, List<String> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    text.append("; ").append(what).append(": ");
    text.append(String.join(", ", nodes.subList(0, Math.min(SHOWN, nodes.size()))));
    if (nodes.size() > SHOWN) {
      text.append(" and ").append(nodes.size() - SHOWN).append(" more");
    }
  }
}
