package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationStateResource;
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

  @Override
  public String toString() {
    return "state object " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }
}
