package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.operator.core.install.Platform;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Asks the API server what it has. Blocking. */
final class PlatformDiscovery {
  private static final String MONITORING = "monitoring.coreos.com/v1";
  private static final String OPEN_SHIFT = "route.openshift.io";

  private PlatformDiscovery() {}

  static Platform of(KubernetesClient client) {
    APIResourceList monitoring = client.getApiResources(MONITORING);
    boolean monitors =
        monitoring != null
            && monitoring.getResources().stream()
                .anyMatch(resource -> resource.getName().equals("servicemonitors"));
    return new Platform(monitors, client.hasApiGroup(OPEN_SHIFT, true));
  }
}
