package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.operator.adapter.k8s.tools.ApiWords;
import io.bpfman.operator.core.install.Coverage;
import io.bpfman.operator.core.install.ObjectRef;
import io.bpfman.operator.core.install.Outcome;
import io.bpfman.operator.core.install.Owners;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Optional;

/** Brings one object after the other into the wanted form. Blocking. */
final class ObjectApplier {
  static final String FIELD_MANAGER = "bpfman-operator";
  private static final String DAEMON_SET = "DaemonSet";

  private final KubernetesClient client;

  ObjectApplier(KubernetesClient client) {
    this.client = client;
  }

  /** Writes nothing when the object has all that is wanted. Never throws for a refusal. */
  Outcome apply(GenericKubernetesResource wanted) {
    ObjectRef object = ObjectRef.of(wanted);
    try {
      return attempt(object, wanted);
    } catch (KubernetesClientException e) {
      return ApiErrors.failed(object, e);
    }
  }

  private Outcome attempt(ObjectRef object, GenericKubernetesResource wanted) {
    GenericKubernetesResource actual = resource(object).get();
    if (actual == null) {
      write(wanted);
      return new Outcome.Created(object);
    }
    Optional<OwnerReference> foreign = Owners.foreignController(actual);
    if (foreign.isPresent()) {
      return foreign(object, foreign.get());
    }
    if (Coverage.covers(wanted, actual)) {
      return new Outcome.Unchanged(object);
    }
    return change(object, wanted, actual);
  }

  private static Outcome foreign(ObjectRef object, OwnerReference owner) {
    return new Outcome.Failed(
        object,
        "ForeignController",
        "it is controlled by %s %s; delete it, or list it in spec.overrides as unmanaged"
            .formatted(owner.getKind(), owner.getName()));
  }

  private Outcome change(
      ObjectRef object, GenericKubernetesResource wanted, GenericKubernetesResource actual) {
    if (actual.getMetadata().getDeletionTimestamp() != null) {
      return new Outcome.Failed(
          object,
          "BeingDeleted",
          "it is being deleted and waits for " + actual.getMetadata().getFinalizers());
    }
    if (object.kind().equals(DAEMON_SET) && !isOurs(actual)) {
      return replace(wanted, DeletionPropagation.ORPHAN, "it was made by another release");
    }
    dropFormerOwners(wanted, actual);
    try {
      GenericKubernetesResource written = write(wanted);
      String before = actual.getMetadata().getResourceVersion();
      return written.getMetadata().getResourceVersion().equals(before)
          ? new Outcome.Unchanged(object)
          : new Outcome.Updated(object);
    } catch (KubernetesClientException e) {
      if (!ApiErrors.isImmutable(e)) {
        throw e;
      }
      return replace(wanted, DeletionPropagation.BACKGROUND, ApiWords.of(e));
    }
  }

  /**
   * A DaemonSet of another release has containers and volumes of names that mean something else in
   * ours; merged, they would be refused.
   */
  private static boolean isOurs(GenericKubernetesResource actual) {
    return actual.getMetadata().getManagedFields().stream()
        .anyMatch(
            entry ->
                FIELD_MANAGER.equals(entry.getManager()) && "Apply".equals(entry.getOperation()));
  }

  /** Orphaned pods are taken over by the new DaemonSet and replaced one after the other. */
  private Outcome replace(
      GenericKubernetesResource wanted, DeletionPropagation propagation, String why) {
    ObjectRef object = ObjectRef.of(wanted);
    resource(object).withPropagationPolicy(propagation).delete();
    if (resource(object).get() != null) {
      return new Outcome.Failed(
          object, "BeingDeleted", "it must be made anew, since " + why + ", and is not gone yet");
    }
    write(wanted);
    return new Outcome.Replaced(object, why);
  }

  private void dropFormerOwners(
      GenericKubernetesResource wanted, GenericKubernetesResource actual) {
    Optional<List<OwnerReference>> left = Owners.withoutFormer(actual, wanted);
    if (left.isPresent()) {
      String owners = client.getKubernetesSerialization().asJson(left.get());
      resource(ObjectRef.of(actual))
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"metadata\":{\"ownerReferences\":%s}}".formatted(owners));
    }
  }

  private GenericKubernetesResource write(GenericKubernetesResource wanted) {
    return ObjectAccess.item(client, wanted)
        .fieldManager(FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  private Resource<GenericKubernetesResource> resource(ObjectRef object) {
    return ObjectAccess.resource(client, object);
  }
}
