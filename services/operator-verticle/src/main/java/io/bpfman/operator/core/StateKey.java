package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import java.util.Optional;

/** Identity of a state object: one application on one node. */
record StateKey(ApplicationKey application, String node) {
  /** Empty for an object without owner label or node. */
  static Optional<StateKey> of(ApplicationStateResource state) {
    ApplicationStateStatus status = state.getStatus();
    var labels = state.getMetadata().getLabels();
    String name = labels == null ? null : labels.get(ApiNames.OWNER_LABEL);
    if (status == null || status.getNode() == null || name == null) {
      return Optional.empty();
    }
    String namespace = state.getMetadata().getNamespace();
    ApplicationKey application =
        namespace == null
            ? ApplicationKey.ofCluster(name)
            : new ApplicationKey(ApiNames.NAMESPACED_APPLICATION_KIND, namespace, name);
    return Optional.of(new StateKey(application, status.getNode()));
  }
}
