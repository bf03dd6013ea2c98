package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.operator.core.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * A state object.
 *
 * @param namespace empty for a cluster-wide one
 */
record StateName(String namespace, String name) implements StatusKey {
  static StateName of(ApplicationStateResource state) {
    @Nullable String namespace = state.getMetadata().getNamespace();
    return new StateName(namespace == null ? "" : namespace, state.getMetadata().getName());
  }

  static StateName of(NodeState state) {
    return new StateName(state.application().namespace(), state.name());
  }

  /** The inverse of {@link #key}. */
  static StateName parse(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? new StateName("", key)
        : new StateName(key.substring(0, slash), key.substring(slash + 1));
  }

  /** As informers name objects. */
  String key() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public String toString() {
    return "state object " + key();
  }
}
