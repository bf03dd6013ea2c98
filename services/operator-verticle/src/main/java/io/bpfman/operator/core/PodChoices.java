package io.bpfman.operator.core;

import io.bpfman.proto.bus.v1.PodChoice;
import java.util.Map;
import java.util.Optional;

/**
 * Which pods the selectors select, on each node.
 *
 * @param chosen by selector and node; a selector that is not there has no answer yet, a node that
 *     is not there has none of its pods
 */
public record PodChoices(Map<PodSelector, Map<String, PodChoice>> chosen) {
  /** Where nobody knows the pods. */
  public static PodChoices unknown() {
    return new PodChoices(Map.of());
  }

  /** Empty while there is no answer. */
  Optional<PodChoice> on(String node, PodSelector selector) {
    return Optional.ofNullable(chosen.get(selector))
        .map(nodes -> nodes.getOrDefault(node, PodChoice.getDefaultInstance()));
  }
}
