package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.proto.bus.v1.ApplicationReport;
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
record StateCell(@Nullable Basis basis, Verdict verdict, ApplicationStateResource state) {

  /** Everything that a state object depends on; equal bases make equal objects. */
  record Basis(
      ManagedApplication application,
      @Nullable ApplicationReport report,
      Presence presence,
      Instant since,
      Failure loaderFailure,
      boolean selected) {
    static Basis of(ManagedApplication application, NodeView node, boolean selected) {
      return new Basis(
          application,
          node.application(application.key()).orElse(null),
          node.presence(),
          node.presence() == Presence.SILENT ? node.since() : Instant.EPOCH,
          node.last().getLoaderFailure(),
          selected);
    }

    boolean sameAs(@Nullable Basis other) {
      return other != null
          && application == other.application
          && presence == other.presence
          && selected == other.selected
          && since.equals(other.since)
          && loaderFailure.equals(other.loaderFailure)
          && (report == other.report || Objects.equals(report, other.report));
    }
  }

  /** As an earlier process left it. */
  static StateCell written(ApplicationStateResource state) {
    ApplicationStateStatus status = Objects.requireNonNull(state.getStatus());
    Condition condition =
        status.getConditions().isEmpty() ? new Condition() : status.getConditions().getFirst();
    String type = Objects.requireNonNullElse(condition.getType(), "");
    String load = Objects.requireNonNullElse(status.getAppLoadStatus(), "");
    String message = Objects.requireNonNullElse(condition.getMessage(), "");
    return new StateCell(null, Verdict.of(type, load, message), state);
  }

  /** The same object, counted in another way. */
  StateCell judged(Verdict other) {
    return new StateCell(basis, other, state);
  }

  /** Whether an earlier process has finished this generation, well or not. */
  boolean isAbout(long generation) {
    Long observed = Objects.requireNonNull(state.getStatus()).getObservedGeneration();
    return basis == null && !verdict.type().isEmpty() && observed != null && observed == generation;
  }
}
