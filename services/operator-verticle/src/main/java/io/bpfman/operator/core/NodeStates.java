package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.StateConditions;
import io.bpfman.model.ApplicationKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;

/** Makes the state object of one application on one node. */
final class NodeStates {
  /** Limit of a condition's message in the schema. */
  private static final int MAX_MESSAGE = 32_768;

  /** Of a label's value. */
  private static final int MAX_LABEL = 63;

  private NodeStates() {}

  /** The object that says it. */
  static ApplicationStateResource resource(NodeState.Derived state) {
    ManagedApplication application = state.managed();
    Condition condition =
        condition(
            state.type(),
            reason(state.verdict()),
            message(application, state.verdict()),
            application.usableGeneration());
    condition.setLastTransitionTime(state.since());
    ApplicationStateStatus status = new ApplicationStateStatus();
    status.setNode(state.node());
    status.setAppLoadStatus(state.verdict().load());
    status.setObservedGeneration(application.usableGeneration());
    status.setConditions(List.of(condition));
    status.setUpdateCount(state.updateCount());
    if (state.report() != null) {
      status.setPrograms(ProgramStatuses.of(state.report().read(), application));
    }
    ApplicationStateResource resource =
        application.key().isNamespaced()
            ? new BpfApplicationState()
            : new ClusterBpfApplicationState();
    resource.setMetadata(metadata(state));
    resource.setStatus(status);
    return resource;
  }

  private static String message(ManagedApplication application, Verdict verdict) {
    return verdict.type().equals(StateConditions.ERROR)
        ? application.explain(verdict.message())
        : verdict.message();
  }

  /** Released tools compare the reason of a failure with its type. */
  private static String reason(Verdict verdict) {
    return verdict.type().equals(StateConditions.SUCCESS) ? verdict.reason() : verdict.type();
  }

  static Condition condition(String type, String reason, String message, long generation) {
    return new ConditionBuilder()
        .withType(type)
        .withReason(reason)
        .withStatus("True")
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withObservedGeneration(generation)
        .build();
  }

  private static ObjectMeta metadata(NodeState.Derived state) {
    ApplicationKey key = state.application();
    return new ObjectMetaBuilder()
        .withName(state.name())
        .withNamespace(key.isNamespaced() ? key.namespace() : null)
        .addToLabels(ApiNames.OWNER_LABEL, key.name())
        .addToLabels(ApiNames.HOSTNAME_LABEL, state.hostname())
        .withOwnerReferences(owners(state.managed()))
        .build();
  }

  /** Names of nodes can be longer than labels; their host name label cannot. */
  static String hostname(NodeView node) {
    return node.node().length() <= MAX_LABEL
        ? node.node()
        : node.labels().getOrDefault(ApiNames.HOSTNAME_LABEL, "");
  }

  private static List<OwnerReference> owners(ManagedApplication application) {
    String uid = application.resource().getMetadata().getUid();
    if (uid == null) {
      return List.of();
    }
    return List.of(
        new OwnerReferenceBuilder()
            .withApiVersion(ApiNames.API_VERSION)
            .withKind(application.key().kind())
            .withName(application.key().name())
            .withUid(uid)
            .withController(true)
            .withBlockOwnerDeletion(true)
            .build());
  }
}
