package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.ConfigStatus;
import io.bpfman.operator.core.install.ConfigConditions;
import io.bpfman.operator.core.install.ConfigConditions.Verdict;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Config on the API server. Blocking. */
final class ConfigObject {
  /** Held by other releases while they run; nothing is left to do when a Config goes. */
  private static final String FINALIZER = "bpfman.io/config-finalizer";

  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;
  private final InstantSource clock;

  ConfigObject(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Empty when there is none, and when the cluster does not know the kind. */
  Optional<Config> read() {
    return Optional.ofNullable(resource().get());
  }

  /** Takes the finalizer of other releases away. Idempotent. */
  void release(Config config) {
    List<String> finalizers = new ArrayList<>(config.getMetadata().getFinalizers());
    if (finalizers.remove(FINALIZER)) {
      patch(
          Map.of(
              "metadata",
              Map.of(
                  "finalizers",
                  finalizers,
                  "resourceVersion",
                  config.getMetadata().getResourceVersion())));
    }
  }

  /** Writes only what is different. */
  void status(Config config, List<Verdict> verdicts) {
    ConfigStatus before = config.getStatus();
    Long generation = config.getMetadata().getGeneration();
    ConfigStatus status =
        ConfigConditions.status(
            before, generation == null ? 0 : generation, verdicts, clock.instant());
    if (!ConfigConditions.isSame(before, status)) {
      resource()
          .subresource("status")
          .patch(MERGE, client.getKubernetesSerialization().asJson(Map.of("status", status)));
    }
  }

  private void patch(Map<String, Object> change) {
    resource().patch(MERGE, client.getKubernetesSerialization().asJson(change));
  }

  private Resource<Config> resource() {
    return client.resources(Config.class).withName(ApiNames.CONFIG_NAME);
  }
}
