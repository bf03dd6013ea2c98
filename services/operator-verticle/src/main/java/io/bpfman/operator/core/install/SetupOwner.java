package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/**
 * The Config, or the older ConfigMap, that objects are made for.
 *
 * @param namespace of the objects
 */
public record SetupOwner(String apiVersion, String kind, String uid, String namespace) {
  static SetupOwner of(HasMetadata object, String namespace) {
    return new SetupOwner(
        object.getApiVersion(), object.getKind(), object.getMetadata().getUid(), namespace);
  }

  /** Without namespace, so it may own any object; a ConfigMap only what is beside it. */
  boolean isConfig() {
    return kind.equals(ApiNames.CONFIG_KIND);
  }

  /** Does not block the owner's deletion: that ends even when the object is stuck. */
  OwnerReference reference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(ApiNames.CONFIG_NAME)
        .withUid(uid)
        .withController(true)
        .withBlockOwnerDeletion(false)
        .build();
  }

  /** Whether the reference leads to a Config or ConfigMap of the operator, be it gone or not. */
  static boolean isOurs(OwnerReference reference) {
    boolean config =
        reference.getKind().equals(ApiNames.CONFIG_KIND)
            && reference.getApiVersion().startsWith(ApiNames.GROUP + "/");
    boolean configMap = reference.getKind().equals("ConfigMap");
    return reference.getName().equals(ApiNames.CONFIG_NAME) && (config || configMap);
  }
}
