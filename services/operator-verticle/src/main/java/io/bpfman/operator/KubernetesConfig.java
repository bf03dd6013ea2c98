package io.bpfman.operator;

import io.bpfman.operator.core.LeaseTimes;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Configuration of the operator in Kubernetes.
 *
 * @param enabled whether applications come from the Kubernetes API, and not from files
 * @param kubeconfig empty: the pod's service account
 * @param namespace of the operator itself: of its Lease
 * @param identity name of this process in the Lease, before a random part
 * @param lease times of the leader election
 */
public record KubernetesConfig(
    boolean enabled,
    Optional<Path> kubeconfig,
    String namespace,
    String identity,
    LeaseTimes lease) {
  private static final ConfigKey<Boolean> ENABLED =
      ConfigKey.flag(
          "kubernetes",
          "Take applications from the Kubernetes API, and not from the manifest directory.");
  private static final ConfigKey<Path> KUBECONFIG =
      ConfigKey.path(
              "kubeconfig", "Address of the API server and credentials; none: the pod's own.")
          .optional();
  private static final ConfigKey<String> NAMESPACE =
      ConfigKey.text("namespace", "Namespace of the operator and of its Lease.")
          .withDefault("bpfman");
  private static final ConfigKey<String> IDENTITY =
      ConfigKey.text("lease.identity", "Name of this process in the Lease, before a random part.")
          .orEnv("HOSTNAME")
          .withDefault("bpfman-operator");
  private static final ConfigKey<Duration> DURATION =
      ConfigKey.duration(
              "lease.duration",
              Duration.ofSeconds(2),
              Duration.ofMinutes(5),
              "How long other operators wait for the leader before one takes over.")
          .withDefault(Duration.ofSeconds(15));

  public static final List<ConfigKey<?>> KEYS =
      List.of(ENABLED, KUBECONFIG, NAMESPACE, IDENTITY, DURATION);

  public static KubernetesConfig from(ConfigValues values) {
    return new KubernetesConfig(
        values.get(ENABLED),
        values.find(KUBECONFIG),
        values.get(NAMESPACE),
        values.get(IDENTITY),
        LeaseTimes.of(values.get(DURATION)));
  }
}
