package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.adapter.k8s.tools.EventRecorder;
import io.bpfman.operator.adapter.k8s.tools.Note;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.WritePace;
import io.bpfman.operator.port.ReportedApplication;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds our finalizer on one application and makes its status say what it should, with an Event
 * when it has come to an end, good or bad. Blocking; many keys at a time, each by one thread.
 */
final class ApplicationWriter {
  /** A deletion, or a rollout, that takes less than this is not announced: its end is. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  /** Between two writes of counts and messages while the condition's type stays. */
  private static final Duration DETAILS = Duration.ofSeconds(10);

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final KubernetesSerialization json;
  private final InstantSource clock;
  private final StatusPatches patches;
  private final EventRecorder events;
  private final LastUsableSpec last;
  private final Map<String, Written> written = new ConcurrentHashMap<>();

  /** Version that the object of this uid had when our finalizer was added. */
  private final Map<String, Long> finalized = new ConcurrentHashMap<>();

  /** Version that the object of this uid had when the last usable spec was kept or dropped. */
  private final Map<String, Long> kept = new ConcurrentHashMap<>();

  /**
   * What this process wrote last, by the application's uid.
   *
   * @param pending since when it is to become Pending and has not; null when it is not to
   */
  private record Written(
      @Nullable ApplicationStatus status, long version, WritePace pace, @Nullable Instant pending) {
    static final Written NOTHING = new Written(null, 0, WritePace.fresh(), null);

    Written pendingSince(@Nullable Instant since) {
      return new Written(status, version, pace, since);
    }

    Duration settle(Instant now) {
      return pending == null ? Duration.ZERO : Duration.between(now, pending.plus(SETTLE));
    }
  }

  ApplicationWriter(KubernetesClient client, LastUsableSpec last, InstantSource clock) {
    this.client = client;
    this.last = last;
    this.json = client.getKubernetesSerialization();
    this.clock = clock;
    this.patches = new StatusPatches(json);
    this.events = new EventRecorder(client, clock, Duration.ZERO);
  }

  /**
   * Answers when to try again without a change; empty: done.
   *
   * @param object as the API server has it
   */
  Optional<Duration> write(ReportedApplication wanted, ApplicationResource object) {
    if (!Objects.equals(
        wanted.application().resource().getMetadata().getUid(), object.getMetadata().getUid())) {
      // Another object of the same name; its own reading comes.
      return Optional.empty();
    }
    boolean ours = isOurs(object);
    if (!wanted.application().deleting() && !ours && !object.isMarkedForDeletion()) {
      long version = setFinalizers(object, with(object.getFinalizers()));
      finalized.put(object.getMetadata().getUid(), version);
    } else if (wanted.released() && ours) {
      setFinalizers(object, without(object.getFinalizers()));
      written.remove(object.getMetadata().getUid());
      finalized.remove(object.getMetadata().getUid());
      kept.remove(object.getMetadata().getUid());
      return Optional.empty();
    }
    Optional<Duration> again = say(wanted, object);
    keep(wanted.application(), object);
    return again;
  }

  /** After the status, which must not wait for it. */
  private void keep(ManagedApplication wanted, ApplicationResource object) {
    String uid = object.getMetadata().getUid();
    if (wanted.deleting()
        || wanted.generation() != object.getMetadata().getGeneration()
        || Versions.of(object) < kept.getOrDefault(uid, 0L)) {
      return;
    }
    String text = last.textFor(wanted);
    if (!text.equals(LastUsableSpec.textOf(object))) {
      String patch = patches.annotation(LastUsableSpec.ANNOTATION, text);
      kept.put(uid, Versions.of(resource(object).patch(MERGE, patch)));
    }
  }

  /** An object from before our finalizer was added does not tell whether it is there. */
  private boolean isOurs(ApplicationResource object) {
    return object.getFinalizers().contains(ApiNames.OPERATOR_FINALIZER)
        || Versions.of(object) < finalized.getOrDefault(object.getMetadata().getUid(), 0L);
  }

  private static List<String> with(List<String> finalizers) {
    List<String> all = new ArrayList<>(finalizers);
    all.add(ApiNames.OPERATOR_FINALIZER);
    return all;
  }

  private static List<String> without(List<String> finalizers) {
    return finalizers.stream().filter(one -> !one.equals(ApiNames.OPERATOR_FINALIZER)).toList();
  }

  /** Answers the version that the object has then. */
  private long setFinalizers(ApplicationResource object, List<String> finalizers) {
    return Versions.of(
        resource(object)
            .patch(
                MERGE, patches.finalizers(finalizers, object.getMetadata().getResourceVersion())));
  }

  private Optional<Duration> say(ReportedApplication wanted, ApplicationResource object) {
    Written before = written.getOrDefault(object.getMetadata().getUid(), Written.NOTHING);
    if (says(before, object, wanted.status())) {
      if (before.pending() != null) {
        written.put(object.getMetadata().getUid(), before.pendingSince(null));
      }
      return Optional.empty();
    }
    ApplicationStatus there =
        Objects.requireNonNullElse(object.getStatus(), new ApplicationStatus());
    ApplicationStatus said = before.status() == null ? there : before.status();
    Condition last = condition(said);
    Condition next = condition(wanted.status());
    boolean typeChanged = !Objects.equals(last.getType(), next.getType());
    boolean news =
        typeChanged
            || !Objects.equals(
                said.getObservedGeneration(), wanted.status().getObservedGeneration());
    Instant now = clock.instant();
    Duration pace = before.pace().delay(now, DETAILS, news);
    boolean pends = typeChanged && ApplicationConditions.PENDING.equals(next.getType());
    Written waiting =
        before.pendingSince(pends ? Objects.requireNonNullElse(before.pending(), now) : null);
    Duration wait = longest(pace, settle(wanted, now), waiting.settle(now));
    if (wait.isPositive()) {
      written.put(object.getMetadata().getUid(), waiting);
      return Optional.of(wait);
    }
    var after =
        resource(object).subresource("status").patch(MERGE, patches.application(wanted.status()));
    written.put(
        object.getMetadata().getUid(),
        new Written(wanted.status(), Versions.of(after), before.pace().written(now), null));
    if (!isUnderWay(next, wanted.status())) {
      announce(object, last, next);
    }
    return Optional.empty();
  }

  private static Duration longest(Duration... times) {
    return Collections.max(List.of(times));
  }

  private boolean says(Written before, ApplicationResource object, ApplicationStatus wanted) {
    return before.status() == wanted && Versions.of(object) <= before.version()
        || object.getStatus() != null
            && Versions.of(object) >= before.version()
            && json.asJson(object.getStatus()).equals(json.asJson(wanted));
  }

  private static Duration settle(ReportedApplication wanted, Instant now) {
    String deleted = wanted.application().resource().getMetadata().getDeletionTimestamp();
    return deleted == null
        ? Duration.ZERO
        : Duration.between(now, Instant.parse(deleted).plus(SETTLE));
  }

  private static Condition condition(ApplicationStatus status) {
    return status.getConditions().isEmpty() ? new Condition() : status.getConditions().getFirst();
  }

  /** On the way to somewhere, as a deletion that no node failed in, and not worth an Event. */
  private static boolean isUnderWay(Condition condition, ApplicationStatus status) {
    return condition.getType().equals(ApplicationConditions.PENDING)
        || condition.getType().equals(ApplicationConditions.DELETE_ERROR)
            && status.getFailures().isEmpty();
  }

  private void announce(ApplicationResource object, Condition last, Condition next) {
    boolean news =
        !Objects.equals(last.getType(), next.getType())
            || !next.getType().equals(ApplicationConditions.SUCCESS)
                && !Objects.equals(last.getMessage(), next.getMessage());
    if (news) {
      events.record(object, note(next));
    }
  }

  private static Note note(Condition condition) {
    return condition.getType().equals(ApplicationConditions.SUCCESS)
        ? Note.normal(condition.getReason(), condition.getMessage())
        : Note.warning(condition.getReason(), condition.getMessage());
  }

  private Resource<? extends ApplicationResource> resource(ApplicationResource object) {
    ApplicationKey key = object.key();
    return key.isNamespaced()
        ? client.resources(BpfApplication.class).inNamespace(key.namespace()).withName(key.name())
        : client.resources(ClusterBpfApplication.class).withName(key.name());
  }
}
