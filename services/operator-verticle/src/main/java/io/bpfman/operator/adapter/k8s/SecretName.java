package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.ImagePullSecret;
import io.bpfman.operator.core.ManagedApplication;
import java.util.Objects;
import java.util.Optional;

/** A Secret. */
record SecretName(String namespace, String name) {
  /** The pull secret that a valid application names. */
  static Optional<SecretName> of(ManagedApplication application) {
    if (application.deleting() || !application.usable()) {
      return Optional.empty();
    }
    return Optional.ofNullable(application.resource().getSpec().getByteCode())
        .map(ByteCodeSelector::getImage)
        .map(ByteCodeImage::getImagePullSecret)
        .map(SecretName::of);
  }

  private static SecretName of(ImagePullSecret secret) {
    return new SecretName(
        Objects.requireNonNull(secret.getNamespace()), Objects.requireNonNull(secret.getName()));
  }

  @Override
  public String toString() {
    return "Secret \"%s\" in namespace \"%s\"".formatted(name, namespace);
  }
}
