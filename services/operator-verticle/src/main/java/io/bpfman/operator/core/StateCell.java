package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.proto.bus.v1.Failure;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One application on one node: what its state object says, and from what that was worked out.
 *
 * @param basis null when an earlier process wrote the object
 */
record StateCell(@Nullable Basis basis, Verdict verdict, NodeState state) {

  /** Everything that a state object depends on; equal bases make equal objects. */
  record Basis(
      ManagedApplication application,
      @Nullable CompactReport report,
      Presence presence,
      Instant since,
      Failure loaderFailure,
      boolean selected) {
    static Basis of(ManagedApplication application, NodeView node, boolean selected) {
      return new Basis(
          application,
          node.report(application.key()),
          node.presence(),
          since(node),
          node.last().getLoaderFailure(),
          selected);
    }

    private static Instant since(NodeView node) {
      return node.presence() == Presence.SILENT ? node.since() : Instant.EPOCH;
    }

    /** Asked of all nodes and applications each time: it makes nothing. */
    boolean stands(ManagedApplication now, NodeView node, boolean nowSelected) {
      return application == now
          && presence == node.presence()
          && selected == nowSelected
          && since.equals(since(node))
          && loaderFailure.equals(node.last().getLoaderFailure())
          && Objects.equals(report, node.report(now.key()));
    }
  }

  /** As an earlier process left it. */
  static StateCell written(NodeState state) {
    ApplicationStateStatus status = status(state);
    Condition condition =
        status.getConditions().isEmpty() ? new Condition() : status.getConditions().getFirst();
    String type = Objects.requireNonNullElse(condition.getType(), "");
    String load = Objects.requireNonNullElse(status.getAppLoadStatus(), "");
    String message = Objects.requireNonNullElse(condition.getMessage(), "");
    return new StateCell(null, Verdict.of(type, load, message), state);
  }

  private static ApplicationStateStatus status(NodeState state) {
    return Objects.requireNonNull(state.resource().getStatus());
  }

  /** Whether nothing that it depends on has changed. */
  boolean stands(ManagedApplication application, NodeView node, boolean selected) {
    return basis != null && basis.stands(application, node, selected);
  }

  /** The same object, counted in another way. */
  StateCell judged(Verdict other) {
    return new StateCell(basis, other, state);
  }

  /** Whether an earlier process has finished this generation, well or not. */
  boolean isAbout(long generation) {
    if (basis != null || verdict.type().isEmpty()) {
      return false;
    }
    Long observed = status(state).getObservedGeneration();
    return observed != null && observed == generation;
  }
}
