package io.bpfman.api.v1alpha1;

import io.bpfman.model.ApplicationKey;
import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/** An application of either kind. */
public abstract class ApplicationResource
    extends CustomResource<ApplicationSpec, ApplicationStatus> {
  private static final long serialVersionUID = 1L;

  /** Its identity. */
  public ApplicationKey key() {
    String namespace = getMetadata().getNamespace();
    return new ApplicationKey(
        getKind(), namespace == null ? "" : namespace, getMetadata().getName());
  }

  @Override
  protected ApplicationSpec initSpec() {
    return new ApplicationSpec();
  }

  @Override
  protected @Nullable ApplicationStatus initStatus() {
    return null;
  }
}
