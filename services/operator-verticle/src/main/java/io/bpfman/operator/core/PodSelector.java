package io.bpfman.operator.core;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

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
}
