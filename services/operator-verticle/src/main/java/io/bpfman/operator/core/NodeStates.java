package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;

/** Makes the state object of one application on one node, without update count and times. */
final class NodeStates {
  /** Limit of a condition's message in the schema. */
  private static final int MAX_MESSAGE = 32_768;

  private NodeStates() {}

  static ClusterBpfApplicationState of(
      ClusterBpfApplication application, NodeView node, Verdict verdict) {
    Optional<ApplicationReport> report = node.application(ApplicationKeys.of(application));
    ApplicationStateStatus status = new ApplicationStateStatus();
    status.setNode(node.node());
    status.setAppLoadStatus(verdict.load());
    status.setConditions(List.of(condition(verdict.type(), verdict.message(), application)));
    report.ifPresent(r -> status.setPrograms(ProgramStatuses.of(r, application)));
    ClusterBpfApplicationState state = new ClusterBpfApplicationState();
    state.setMetadata(metadata(application, node));
    state.setStatus(status);
    return state;
  }

  static Condition condition(String type, String message, ClusterBpfApplication application) {
    return new ConditionBuilder()
        .withType(type)
        .withReason(type)
        .withStatus("True")
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withObservedGeneration(application.getMetadata().getGeneration())
        .build();
  }

  private static ObjectMeta metadata(ClusterBpfApplication application, NodeView node) {
    String name = application.getMetadata().getName();
    return new ObjectMetaBuilder()
        .withName(ApplicationKeys.stateName(name, node.node()))
        .addToLabels(ApiNames.OWNER_LABEL, name)
        .addToLabels(ApiNames.HOSTNAME_LABEL, node.node())
        .build();
  }
}
