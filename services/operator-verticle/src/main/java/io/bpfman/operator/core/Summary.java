package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.NodeCounts;
import io.bpfman.api.v1alpha1.NodeFailure;
import io.bpfman.api.v1alpha1.StateConditions;
import java.util.ArrayList;
import java.util.List;

/** Counts the nodes of one application, which are added in the order of their names. */
final class Summary {
  /** Limit of the schema. */
  private static final int LISTED = 10;

  /** Names and causes beyond these are counted only. */
  private static final int SHOWN = 3;

  private final Group waiting = new Group();
  private final Group silent = new Group();
  private final Group idle = new Group();
  private final List<Failing> failing = new ArrayList<>();
  private final int nodes;
  private int selected;
  private int ready;
  private int failures;

  /** How many there are, and the first few by name. */
  private static final class Group {
    private final List<String> first = new ArrayList<>();
    private int count;

    void add(String node) {
      count++;
      if (first.size() < SHOWN) {
        first.add(node);
      }
    }

    Named named() {
      return new Named(count, List.copyOf(first));
    }
  }

  /**
   * Some nodes.
   *
   * @param first few by name
   */
  record Named(int count, List<String> first) {
    boolean isEmpty() {
      return count == 0;
    }
  }

  /** A node and why it fails. */
  record Failing(String node, Verdict verdict) {
    String cause() {
      return node + " (" + verdict.message() + ")";
    }
  }

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
      ready++;
      if (verdict.reason().equals(StateConditions.NO_MATCH)) {
        idle.add(node.node());
      }
    } else if (verdict.type().equals(StateConditions.PENDING)) {
      waiting.add(node.node());
    } else {
      failures++;
      if (failing.size() < LISTED) {
        failing.add(new Failing(node.node(), verdict));
      }
    }
  }

  Facts facts() {
    return new Facts(
        new Counts(nodes, selected, ready, failures),
        waiting.named(),
        silent.named(),
        idle.named(),
        List.copyOf(failing));
  }

  /** How many nodes there are, are selected, run it, and fail. */
  record Counts(int nodes, int selected, int ready, int failing) {}

  /**
   * Everything that an application's status says of its nodes; equal facts make equal status.
   *
   * @param idle ready, with nothing that the links match
   * @param firstFailing by name, as many as are listed
   */
  record Facts(
      Counts numbers, Named waiting, Named silent, Named idle, List<Failing> firstFailing) {
    /** Whether nothing more is to come from any node that can be reached. */
    boolean settled() {
      return waiting.isEmpty() && firstFailing.isEmpty();
    }

    /** A silent node is counted and holds nothing up, unless no other is left. */
    String type() {
      if (!firstFailing.isEmpty()) {
        return ApplicationConditions.ERROR;
      } else if (numbers.nodes() == 0
          || !waiting.isEmpty()
          || numbers.ready() == 0 && !silent.isEmpty()) {
        return ApplicationConditions.PENDING;
      }
      return ApplicationConditions.SUCCESS;
    }

    /** Of a condition of this type: a success that attached nothing anywhere is called so. */
    String reason(String type) {
      boolean nowhere = !idle.isEmpty() && idle.count() == numbers.ready();
      return type.equals(ApplicationConditions.SUCCESS) && nowhere
          ? ApplicationConditions.NO_MATCH
          : type;
    }

    String message() {
      if (numbers.nodes() == 0) {
        return "no node has reported yet";
      } else if (numbers.selected() == 0 && settled()) {
        return "the node selector matches none of %d nodes".formatted(numbers.nodes());
      }
      return details(
          "%d of %d selected nodes ready".formatted(numbers.ready(), numbers.selected()));
    }

    /** What an application waits for that is being removed. */
    String removalMessage() {
      return details("is being removed");
    }

    private String details(String beginning) {
      StringBuilder text = new StringBuilder(beginning);
      List<String> causes = firstFailing.stream().limit(SHOWN).map(Failing::cause).toList();
      name(text, "failing", new Named(numbers.failing(), causes));
      name(text, "waiting for", waiting);
      name(text, "not reporting", silent);
      name(text, "links match nothing on", idle);
      return text.toString();
    }

    private static void name(StringBuilder text, String what, Named nodes) {
      if (nodes.isEmpty()) {
        return;
      }
      text.append("; ").append(what).append(": ").append(String.join(", ", nodes.first()));
      if (nodes.count() > SHOWN) {
        text.append(" and ").append(nodes.count() - SHOWN).append(" more");
      }
    }

    NodeCounts counts() {
      NodeCounts counts = new NodeCounts();
      counts.setSelected(numbers.selected());
      counts.setReady(numbers.ready());
      counts.setPending(waiting.count() + silent.count());
      counts.setFailing(numbers.failing());
      return counts;
    }

    List<NodeFailure> failures() {
      return firstFailing.stream().map(Facts::failure).toList();
    }

    private static NodeFailure failure(Failing failing) {
      NodeFailure failure = new NodeFailure();
      failure.setNode(failing.node());
      failure.setReason(failing.verdict().reason());
      failure.setMessage(failing.verdict().message());
      return failure;
    }
  }
}
