package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.operator.adapter.k8s.tools.ApiWords;
import io.bpfman.operator.core.install.DefaultConfig;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.operator.core.install.Setups;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** The first Config of a cluster. */
public final class ConfigBootstrap {
  private ConfigBootstrap() {}

  /**
   * Makes the default Config when there is neither a Config nor an older ConfigMap. Blocking;
   * idempotent; safe in several processes at once.
   *
   * @return whether it made one
   * @throws BpfmanException UNAVAILABLE when the API server refuses, or does not know the kind
   */
  public static boolean ensureDefault(KubernetesClient client, InstallSettings settings) {
    try {
      if (client.resources(Config.class).withName(ApiNames.CONFIG_NAME).get() != null
          || Setups.isSource(older(client, settings))) {
        return false;
      }
      client.resource(DefaultConfig.of(settings)).create();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == ApiErrors.CONFLICT) {
        return false;
      }
      throw FailureCode.UNAVAILABLE.because(
          "the default Config cannot be made: " + ApiWords.of(e),
          "apply k8s/crd and what the operator must be allowed (k8s/base)",
          e);
    }
  }

  private static ConfigMap older(KubernetesClient client, InstallSettings settings) {
    return client
        .configMaps()
        .inNamespace(settings.namespace())
        .withName(ApiNames.CONFIG_NAME)
        .get();
  }
}
