package io.bpfman.operator.adapter.k8s;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Order of resourceVersions. Since Kubernetes 1.35 they may be compared as numbers (KEP-5504); etcd
 * always gave out growing ones.
 */
final class Versions {
  private Versions() {}

  /** 0 for an object without. */
  static long of(HasMetadata object) {
    String version = object.getMetadata().getResourceVersion();
    return version == null ? 0 : of(version);
  }

  static long of(String version) {
    try {
      return Long.parseLong(version);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "resourceVersion \"" + version + "\" is no number; this API server keeps no order", e);
    }
  }
}
