package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ConfigStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a Config. */
public final class ConfigConditions {
  /** True: every object is as the Config says. */
  public static final String APPLIED = "Applied";

  /** True: a pod is ready on every node that should have one. */
  public static final String AVAILABLE = "Available";

  /** Failures that are told in full. */
  private static final int TOLD = 5;

  private static final int MAX_MESSAGE = 32_768;

  private ConfigConditions() {}

  /**
   * A judgement before it has a time.
   *
   * @param good True or False in the condition; null is Unknown
   */
  public record Verdict(String type, @Nullable Boolean good, String reason, String message) {}

  /** From what became of all objects. */
  public static Verdict applied(List<Outcome> outcomes) {
    List<Outcome.Failed> failures =
        outcomes.stream()
            .filter(Outcome.Failed.class::isInstance)
            .map(Outcome.Failed.class::cast)
            .toList();
    if (!failures.isEmpty()) {
      return new Verdict(APPLIED, false, failures.getFirst().reason(), told(failures));
    }
    long left = outcomes.stream().filter(Outcome.Unmanaged.class::isInstance).count();
    String message =
        left == 0
            ? "%d objects are as configured".formatted(outcomes.size())
            : "%d objects are as configured, %d are left to their user by spec.overrides"
                .formatted(outcomes.size() - left, left);
    return new Verdict(APPLIED, true, "AsConfigured", message);
  }

  private static String told(List<Outcome.Failed> failures) {
    String words =
        failures.stream()
            .limit(TOLD)
            .map(failed -> failed.object() + ": " + failed.message())
            .collect(Collectors.joining("; "));
    return failures.size() > TOLD
        ? words + "; and %d more".formatted(failures.size() - TOLD)
        : words;
  }

  /**
   * From the status of the DaemonSet.
   *
   * @param daemonSet null when there is none
   */
  public static Verdict available(@Nullable GenericKubernetesResource daemonSet) {
    if (daemonSet == null) {
      return new Verdict(AVAILABLE, false, "NoDaemonSet", "there is no DaemonSet bpfman-daemon");
    }
    long observed = number(daemonSet, "observedGeneration");
    Long generation = daemonSet.getMetadata().getGeneration();
    if (generation != null && observed < generation) {
      return new Verdict(
          AVAILABLE, null, "NotObserved", "Kubernetes has not looked at the DaemonSet yet");
    }
    long wanted = number(daemonSet, "desiredNumberScheduled");
    if (wanted == 0) {
      return new Verdict(
          AVAILABLE,
          false,
          "NoNodes",
          "no node is chosen to run a pod; see spec.daemon.nodeSelector and spec.daemon.tolerations");
    }
    long available = number(daemonSet, "numberAvailable");
    long updated = number(daemonSet, "updatedNumberScheduled");
    String counts =
        "%d of %d pods are available, %d are up to date".formatted(available, wanted, updated);
    return available >= wanted && updated >= wanted
        ? new Verdict(AVAILABLE, true, "AllPodsAvailable", counts)
        : new Verdict(AVAILABLE, false, "PodsMissing", counts);
  }

  private static long number(GenericKubernetesResource object, String field) {
    return object.get("status", field) instanceof Number number ? number.longValue() : 0;
  }

  /**
   * The status with these verdicts; equal to {@code before} when nothing is different.
   *
   * @param before null where there was none
   */
  public static ConfigStatus status(
      @Nullable ConfigStatus before, long generation, List<Verdict> verdicts, Instant now) {
    List<Condition> old = before == null ? List.of() : before.getConditions();
    ConfigStatus status = new ConfigStatus();
    status.setObservedGeneration(generation);
    status.setConditions(
        verdicts.stream().map(verdict -> condition(verdict, generation, old, now)).toList());
    return status;
  }

  /** Whether two statuses say the same. */
  public static boolean isSame(@Nullable ConfigStatus before, ConfigStatus now) {
    return before != null
        && Objects.equals(before.getObservedGeneration(), now.getObservedGeneration())
        && Objects.equals(before.getConditions(), now.getConditions());
  }

  private static Condition condition(
      Verdict verdict, long generation, List<Condition> old, Instant now) {
    String status =
        verdict.good() == null ? "Unknown" : verdict.good().booleanValue() ? "True" : "False";
    String since =
        old.stream()
            .filter(condition -> condition.getType().equals(verdict.type()))
            .filter(condition -> condition.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .findFirst()
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    String message = verdict.message();
    return new ConditionBuilder()
        .withType(verdict.type())
        .withStatus(status)
        .withReason(verdict.reason())
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
