package io.bpfman.operator.core;

import io.bpfman.contract.sign.Digests;
import io.bpfman.model.ApplicationKey;
import io.bpfman.proto.bus.v1.Application;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From applications to what each node must run. Nodes that need the same share it. For one thread.
 */
final class DesiredStates {
  private final List<Entry> entries;
  private final Map<BitSet, Wanted> sets = new HashMap<>();

  /**
   * @param pods whether the nodes differ
   */
  private record Entry(ManagedApplication application, Application wanted, boolean pods) {}

  private DesiredStates(List<Entry> entries) {
    this.entries = entries;
  }

  static DesiredStates none() {
    return new DesiredStates(List.of());
  }

  /** For these applications; what has not changed is taken over. */
  DesiredStates next(Collection<ManagedApplication> applications) {
    Map<ApplicationKey, Entry> before =
        entries.stream().collect(Collectors.toMap(e -> e.application().key(), Function.identity()));
    return new DesiredStates(
        applications.stream()
            .filter(one -> one.usable() && !one.deleting())
            .sorted(Comparator.comparing(ManagedApplication::key))
            .map(one -> entry(one, before.get(one.key())))
            .toList());
  }

  private static Entry entry(ManagedApplication application, @Nullable Entry before) {
    return before != null && before.application().resource() == application.resource()
        ? new Entry(application, before.wanted(), before.pods())
        : new Entry(application, DesiredApplications.of(application), DesiredPods.has(application));
  }

  /** Those whose selector matches, ordered by key, with the pods that they select there. */
  Wanted forNode(NodeView node, PodChoices pods) {
    Wanted same = forLabels(node.labels());
    Map<String, Entry> withPods =
        entries.stream()
            .filter(Entry::pods)
            .collect(Collectors.toMap(entry -> entry.wanted().getKey(), Function.identity()));
    if (same.applications().stream().noneMatch(one -> withPods.containsKey(one.getKey()))) {
      return same;
    }
    List<Application> filled =
        same.applications().stream()
            .map(one -> filled(one, withPods.get(one.getKey()), node.node(), pods))
            .toList();
    return new Wanted(filled, Digests.of(filled));
  }

  private static Application filled(
      Application wanted, @Nullable Entry withPods, String node, PodChoices pods) {
    return withPods == null ? wanted : DesiredPods.fill(withPods.application(), wanted, node, pods);
  }

  /** Those whose selector matches, ordered by key, without pods. */
  Wanted forLabels(Map<String, String> labels) {
    BitSet selected = new BitSet(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      selected.set(
          i,
          NodeSelectors.matches(
              entries.get(i).application().resource().getSpec().getNodeSelector(), labels));
    }
    return sets.computeIfAbsent(selected, this::wanted);
  }

  private Wanted wanted(BitSet selected) {
    List<Application> applications =
        selected.stream().mapToObj(i -> entries.get(i).wanted()).toList();
    return new Wanted(applications, Digests.of(applications));
  }
}
