package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.manifest.ApplicationDefaults;
import io.bpfman.api.manifest.ApplicationValidator;
import io.bpfman.api.manifest.FieldProblem;
import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.adapter.k8s.LastUsableSpec.Kept;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.PodSelectors;
import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.SourceReading;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applications and nodes from the Kubernetes API. A spec that cannot work leaves the last one that
 * could in force.
 */
final class KubernetesSource implements ApplicationSource {
  /** Events of one request come together; anything longer is felt by who waits. */
  private static final Duration REST = Duration.ofMillis(2);

  private final KubernetesObjects objects;
  private final KubernetesPods pods;
  private final PullSecrets secrets;
  private final LastUsableSpec last;
  private Map<ApplicationKey, Known> known = new HashMap<>();

  /** An application, and which of its objects it was made from. */
  private record Known(
      String uid, long generation, @Nullable String deleted, ManagedApplication application) {
    boolean isOf(ApplicationResource object) {
      return uid.equals(object.getMetadata().getUid())
          && generation == object.getMetadata().getGeneration()
          && Objects.equals(deleted, object.getMetadata().getDeletionTimestamp());
    }

    Known obstructed(String what) {
      ManagedApplication same = application.obstructed(what);
      return same == application ? this : new Known(uid, generation, deleted, same);
    }
  }

  KubernetesSource(
      KubernetesObjects objects, KubernetesPods pods, PullSecrets secrets, LastUsableSpec last) {
    this.objects = objects;
    this.pods = pods;
    this.secrets = secrets;
    this.last = last;
  }

  @Override
  public void open(Runnable changed) {
    objects.onDesireChanged(changed);
    pods.onChanged(changed);
    secrets.onChanged(changed);
    secrets.start();
    objects.open();
  }

  @Override
  public Duration rest() {
    return REST;
  }

  @Override
  public SourceReading read() {
    known =
        objects
            .applications()
            .map(this::known)
            .collect(Collectors.toMap(one -> one.application().key(), one -> one));
    secrets.follow(pullSecrets());
    known.replaceAll((_, one) -> one.obstructed(secrets.problem(one.application())));
    List<ManagedApplication> applications =
        known.values().stream().map(Known::application).sorted(byKey()).toList();
    pods.follow(PodSelectors.of(applications));
    return new SourceReading(
        applications, Optional.of(objects.nodeLabels()), pods.choices(), List.of());
  }

  private Set<SecretName> pullSecrets() {
    return known.values().stream()
        .map(Known::application)
        .flatMap(application -> SecretName.of(application).stream())
        .collect(Collectors.toSet());
  }

  private static Comparator<ManagedApplication> byKey() {
    return Comparator.comparing(ManagedApplication::key);
  }

  private Known known(ApplicationResource object) {
    Known before = known.get(object.key());
    if (before != null && before.isOf(object)) {
      return before;
    }
    return new Known(
        object.getMetadata().getUid(),
        object.getMetadata().getGeneration(),
        object.getMetadata().getDeletionTimestamp(),
        application(object, before));
  }

  private ManagedApplication application(ApplicationResource object, @Nullable Known before) {
    List<FieldProblem> problems = ApplicationValidator.validate(object);
    if (problems.isEmpty()) {
      ApplicationDefaults.fill(object.getSpec());
      return ManagedApplication.of(object);
    }
    String refusal =
        problems.stream().map(FieldProblem::describe).collect(Collectors.joining("; "));
    ApplicationResource resource = lastUsable(object, before).orElse(object);
    return ManagedApplication.of(resource).refused(object.getMetadata().getGeneration(), refusal);
  }

  /** From memory, or as an earlier leader kept it; it is checked like any other. */
  private Optional<ApplicationResource> lastUsable(
      ApplicationResource object, @Nullable Known before) {
    if (before != null
        && before.application().usable()
        && before.uid().equals(object.getMetadata().getUid())) {
      ManagedApplication known = before.application();
      return Optional.of(
          with(object, new Kept(known.usableGeneration(), known.resource().getSpec())));
    }
    Optional<ApplicationResource> kept =
        last.of(object)
            .map(found -> with(object, found))
            .filter(found -> ApplicationValidator.validate(found).isEmpty());
    kept.ifPresent(found -> ApplicationDefaults.fill(found.getSpec()));
    return kept;
  }

  /** The object with another spec and its generation. */
  private static ApplicationResource with(ApplicationResource object, Kept kept) {
    ApplicationResource resource =
        object instanceof Namespaced ? new BpfApplication() : new ClusterBpfApplication();
    resource.setMetadata(object.getMetadata().edit().withGeneration(kept.generation()).build());
    resource.setSpec(kept.spec());
    return resource;
  }

  @Override
  public void close() {
    secrets.close();
    pods.close();
    objects.close();
  }
}
