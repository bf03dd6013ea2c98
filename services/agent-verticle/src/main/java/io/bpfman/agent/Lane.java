package io.bpfman.agent;

import io.bpfman.agent.core.Action;
import io.bpfman.agent.core.DesiredApplication;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.Planner;
import io.bpfman.agent.core.Reports;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that the agent knows of one application; work on it is done one plan at a time. Used on one
 * event loop.
 */
final class Lane {
  /** No retry is planned. */
  static final long NO_TIMER = -1;

  final String key;

  /** As the operator sent it; null when it is to be removed. */
  @Nullable Application wanted;

  /** The same, concrete; follows {@link #wanted} unless a plan is running. */
  @Nullable DesiredApplication desired;

  ObservedApplication observed;
  Map<String, Failure> failures = Map.of();

  /** What was left to do after the last try; empty when nothing was. */
  List<Action> rest = List.of();

  List<Action> plan = List.of();
  int tries;
  long timer = NO_TIMER;

  /** Waiting for its turn, or having it. */
  boolean busy;

  /** Something changed while it was busy. */
  boolean dirty;

  /** Everything wanted was there at the last look. */
  boolean settled;

  Lane(String key) {
    this.key = key;
    observed = ObservedApplication.none(key);
  }

  List<Action> nextPlan() {
    return Planner.plan(desired, observed);
  }

  void settle() {
    settled = true;
    failures = Map.of();
    rest = List.of();
    tries = 0;
  }

  boolean waitsForInterface() {
    return failures.values().stream()
        .anyMatch(failure -> failure.code() == FailureCode.INTERFACE_NOT_FOUND);
  }

  boolean isGone() {
    return wanted == null && !busy && observed.programs().isEmpty();
  }

  /** Empty when there is nothing of it here and nothing is wanted. */
  Optional<ApplicationReport> report() {
    if (desired != null) {
      return Optional.of(Reports.wanted(desired, observed, failures));
    }
    return observed.programs().isEmpty()
        ? Optional.empty()
        : Optional.of(Reports.leaving(observed, failures));
  }
}
