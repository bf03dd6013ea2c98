package io.bpfman.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import org.jspecify.annotations.Nullable;

/** State of one application, of either kind, on one node; it has no spec. */
public abstract class ApplicationStateResource
    extends CustomResource<Void, ApplicationStateStatus> {
  private static final long serialVersionUID = 1L;

  @Override
  protected @Nullable Void initSpec() {
    return null;
  }

  @Override
  protected @Nullable ApplicationStateStatus initStatus() {
    return null;
  }
}
