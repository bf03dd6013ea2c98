package io.bpfman.operator.core;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.operator.port.StatusSnapshot;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Carries update counts and times of change from one status to the next. For one thread. */
public final class StatusBook {
  private StatusSnapshot last;

  /**
   * @param written what an earlier process wrote
   */
  public StatusBook(StatusSnapshot written) {
    this.last = written;
  }

  /** Status as of {@code now}; equal to the last one where nothing changed. */
  public StatusSnapshot update(Fleet fleet, List<ManifestProblem> problems, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    StatusComputation fresh = StatusComputation.of(fleet, now);
    Map<String, ClusterBpfApplication> oldApplications = byName(last.applications());
    Map<String, ClusterBpfApplicationState> oldStates = byName(last.states());
    fresh.applications().forEach(a -> carry(a, oldApplications.get(name(a)), time));
    fresh.states().forEach(s -> carryState(s, oldStates.get(name(s)), time));
    last = new StatusSnapshot(fresh.applications(), fresh.states(), problems);
    return last;
  }

  private static void carry(
      ClusterBpfApplication application, @Nullable ClusterBpfApplication before, String time) {
    ApplicationStatus old = before == null ? null : before.getStatus();
    stamp(
        Objects.requireNonNull(application.getStatus()).getConditions(),
        old == null ? List.of() : old.getConditions(),
        time);
    String deleted = before == null ? null : before.getMetadata().getDeletionTimestamp();
    if (deleted != null && application.getMetadata().getDeletionTimestamp() != null) {
      application.getMetadata().setDeletionTimestamp(deleted);
    }
  }

  private static void carryState(
      ClusterBpfApplicationState state, @Nullable ClusterBpfApplicationState before, String time) {
    ApplicationStateStatus status = Objects.requireNonNull(state.getStatus());
    ApplicationStateStatus old = before == null ? null : before.getStatus();
    stamp(status.getConditions(), old == null ? List.of() : old.getConditions(), time);
    status.setUpdateCount(old == null ? 0 : old.getUpdateCount());
    if (old == null || !yaml(old).equals(yaml(status))) {
      status.setUpdateCount(status.getUpdateCount() + 1);
    }
  }

  /** The time of change stays while the type does. */
  private static void stamp(List<Condition> conditions, List<Condition> before, String time) {
    for (Condition condition : conditions) {
      String since =
          before.stream()
              .filter(b -> Objects.equals(b.getType(), condition.getType()))
              .map(Condition::getLastTransitionTime)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(time);
      condition.setLastTransitionTime(since);
    }
  }

  private static String yaml(Object object) {
    return ManifestWriter.toYaml(object);
  }

  private static <T extends HasMetadata> Map<String, T> byName(Collection<T> objects) {
    return objects.stream()
        .collect(Collectors.toMap(StatusBook::name, Function.identity(), (a, _) -> a));
  }

  private static String name(HasMetadata object) {
    return object.getMetadata().getName();
  }
}
