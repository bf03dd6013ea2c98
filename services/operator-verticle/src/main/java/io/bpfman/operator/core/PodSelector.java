package io.bpfman.operator.core;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Which pods a link selects.
 *
 * @param namespace empty: every namespace
 * @param containers names of their containers; empty: all
 */
public record PodSelector(String namespace, LabelSelector pods, List<String> containers) {
  public PodSelector {
    containers = List.copyOf(containers);
  }

  /** For sentences: {@code pods of blue with {app=web}}. */
  @Override
  public String toString() {
    StringJoiner all = new StringJoiner(", ", "{", "}");
    Objects.requireNonNullElse(pods.getMatchLabels(), Map.<String, String>of())
        .forEach((label, value) -> all.add(label + "=" + value));
    pods.getMatchExpressions()
        .forEach(one -> all.add(one.getKey() + " " + one.getOperator() + " " + one.getValues()));
    return "pods %swith %s".formatted(namespace.isEmpty() ? "" : "of " + namespace + " ", all);
  }
}
