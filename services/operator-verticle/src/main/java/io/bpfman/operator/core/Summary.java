package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.NodeCounts;
import io.bpfman.api.v1alpha1.NodeFailure;
import io.bpfman.api.v1alpha1.StateConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the nodes of one application and words its condition. */
final class Summary {
  /** Names and causes beyond these are counted only. */
  private static final int SHOWN = 3;

  /** Limit of the schema. */
  private static final int LISTED = 10;

  private final List<String> ready = new ArrayList<>();
  private final List<String> waiting = new ArrayList<>();
  private final List<String> silent = new ArrayList<>();
  private final SortedMap<String, Verdict> failing = new TreeMap<>();
  private final int nodes;
  private int selected;

  /**
   * @param nodes known at all
   */
  Summary(int nodes) {
    this.nodes = nodes;
  }

  void add(NodeView node, Verdict verdict, boolean isSelected) {
    selected += isSelected ? 1 : 0;
    if (node.presence() == Presence.SILENT) {
      silent.add(node.node());
    } else if (verdict.type().equals(StateConditions.SUCCESS)) {
      ready.add(node.node());
    } else if (verdict.type().equals(StateConditions.PENDING)) {
      waiting.add(node.node());
    } else {
      failing.put(node.node(), verdict);
    }
  }

  /** Whether nothing more is to come from any node that can be reached. */
  boolean settled() {
    return waiting.isEmpty() && failing.isEmpty();
  }

  /** A silent node is counted and holds nothing up, unless no other is left. */
  String type() {
    if (!failing.isEmpty()) {
      return ApplicationConditions.ERROR;
    } else if (nodes == 0 || !waiting.isEmpty() || ready.isEmpty() && !silent.isEmpty()) {
      return ApplicationConditions.PENDING;
    }
    return ApplicationConditions.SUCCESS;
  }

  String message() {
    if (nodes == 0) {
      return "no node has reported yet";
    } else if (selected == 0 && settled()) {
      return "the node selector matches none of %d nodes".formatted(nodes);
    }
    return details("%d of %d selected nodes ready".formatted(ready.size(), selected));
  }

  /** What an application waits for that is being removed. */
  String removalMessage() {
    return details("is being removed");
  }

  private String details(String beginning) {
    StringBuilder text = new StringBuilder(beginning);
    name(text, "failing", failing.entrySet().stream().map(Summary::cause).toList());
    name(text, "waiting for", waiting);
    name(text, "not reporting", silent);
    return text.toString();
  }

  private static String cause(Map.Entry<String, Verdict> failure) {
    return failure.getKey() + " (" + failure.getValue().message() + ")";
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

  NodeCounts counts() {
    NodeCounts counts = new NodeCounts();
    counts.setSelected(selected);
    counts.setReady(ready.size());
    counts.setPending(waiting.size() + silent.size());
    counts.setFailing(failing.size());
    return counts;
  }

  List<NodeFailure> failures() {
    return failing.entrySet().stream().limit(LISTED).map(Summary::failure).toList();
  }

  private static NodeFailure failure(Map.Entry<String, Verdict> failing) {
    NodeFailure failure = new NodeFailure();
    failure.setNode(failing.getKey());
    failure.setReason(failing.getValue().reason());
    failure.setMessage(failing.getValue().message());
    return failure;
  }
}
