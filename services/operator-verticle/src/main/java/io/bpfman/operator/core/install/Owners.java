package io.bpfman.operator.core.install;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Optional;

/** Who controls an object that is there already. An object has one controller at most. */
public final class Owners {
  private Owners() {}

  /** A controller that is not the operator's business; its object is left alone. */
  public static Optional<OwnerReference> foreignController(HasMetadata actual) {
    return actual.getMetadata().getOwnerReferences().stream()
        .filter(Owners::isController)
        .filter(owner -> !SetupOwner.isOurs(owner))
        .findFirst();
  }

  /**
   * Owners without the Config or ConfigMap of former times, which would be a second controller;
   * empty when there is none of them.
   */
  public static Optional<List<OwnerReference>> withoutFormer(
      HasMetadata actual, HasMetadata wanted) {
    List<OwnerReference> owners = actual.getMetadata().getOwnerReferences();
    List<String> kept =
        wanted.getMetadata().getOwnerReferences().stream().map(OwnerReference::getUid).toList();
    List<OwnerReference> left =
        owners.stream().filter(owner -> kept.contains(owner.getUid()) || !isFormer(owner)).toList();
    return left.size() == owners.size() ? Optional.empty() : Optional.of(left);
  }

  private static boolean isFormer(OwnerReference owner) {
    return isController(owner) && SetupOwner.isOurs(owner);
  }

  private static boolean isController(OwnerReference owner) {
    return Boolean.TRUE.equals(owner.getController());
  }
}
