package io.bpfman.operator;

import io.bpfman.operator.core.LeaseTimes;
import io.bpfman.operator.core.install.InstallSettings;
import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.http.BindAddress;
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
 * @param identity name in the Lease that one process has at a time; empty: nobody vouches for one
 * @param lease times of the leader election
 * @param endpoints where it serves
 * @param images of what runs on the nodes
 */
public record KubernetesConfig(
    boolean enabled,
    Optional<Path> kubeconfig,
    String namespace,
    Optional<String> identity,
    LeaseTimes lease,
    Endpoints endpoints,
    Images images) {
  /**
   * Where the operator serves; empty: not at all.
   *
   * @param certificates directory of tls.crt and tls.key; empty: the operator makes its own
   */
  public record Endpoints(
      Optional<BindAddress> webhook,
      Optional<BindAddress> health,
      Optional<BindAddress> metrics,
      Optional<Path> certificates) {}

  /**
   * Images of the DaemonSet where no Config names others.
   *
   * @param pullPolicy empty: Kubernetes decides
   */
  public record Images(String daemon, String agent, Optional<String> pullPolicy) {}

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
          .orEnv("POD_NAMESPACE")
          .withDefault("bpfman");
  private static final ConfigKey<String> IDENTITY =
      ConfigKey.text(
              "lease.identity",
              "Name in the Lease that no other process has at the same time, before a random part;"
                  + " the next one of that name takes the lease over at once.")
          .orEnv("POD_NAME")
          .optional();
  private static final ConfigKey<Duration> DURATION =
      ConfigKey.duration(
              "lease.duration",
              Duration.ofSeconds(2),
              Duration.ofMinutes(5),
              "How long other operators wait for the leader before one takes over.")
          .withDefault(Duration.ofSeconds(15));

  private static final ConfigKey<String> WEBHOOK =
      ConfigKey.text("webhook.bind-address", "Where the API server asks about objects; 0: nowhere.")
          .withDefault(":9443");
  private static final ConfigKey<String> HEALTH =
      ConfigKey.text("health-probe.bind-address", "Where /healthz and /readyz are; 0: nowhere.")
          .withDefault(":8175");
  private static final ConfigKey<String> METRICS =
      ConfigKey.text(
              "metrics.bind-address",
              "Where /metrics is, over TLS and for those who may; 0: nowhere.")
          .withDefault(":8443");
  private static final ConfigKey<Path> CERTIFICATES =
      ConfigKey.path(
              "cert.dir", "Directory of tls.crt and tls.key; none: the operator makes its own.")
          .optional();
  private static final ConfigKey<String> DAEMON_IMAGE =
      ConfigKey.text("daemon.image", "Image of the daemon where no Config names one.")
          .orEnv("BPFMAN_IMG")
          .withDefault("quay.io/bpfman/bpfman:latest");
  private static final ConfigKey<String> AGENT_IMAGE =
      ConfigKey.text("agent.image", "Image of the agent where no Config names one.")
          .orEnv("BPFMAN_AGENT_IMG")
          .withDefault("quay.io/bpfman/bpfman-agent:latest");
  private static final ConfigKey<String> PULL_POLICY =
      ConfigKey.text("image-pull.policy", "Of every container of the DaemonSet.")
          .orEnv("BPFMAN_IMAGE_PULL_POLICY")
          .optional();

  public static final List<ConfigKey<?>> KEYS =
      List.of(
          ENABLED,
          KUBECONFIG,
          NAMESPACE,
          IDENTITY,
          DURATION,
          WEBHOOK,
          HEALTH,
          METRICS,
          CERTIFICATES,
          DAEMON_IMAGE,
          AGENT_IMAGE,
          PULL_POLICY);

  public static KubernetesConfig from(ConfigValues values) {
    return new KubernetesConfig(
        values.get(ENABLED),
        values.find(KUBECONFIG),
        values.get(NAMESPACE),
        values.find(IDENTITY),
        LeaseTimes.of(values.get(DURATION)),
        new Endpoints(
            BindAddress.of(values, WEBHOOK),
            BindAddress.of(values, HEALTH),
            BindAddress.of(values, METRICS),
            values.find(CERTIFICATES)),
        new Images(values.get(DAEMON_IMAGE), values.get(AGENT_IMAGE), values.find(PULL_POLICY)));
  }

  /** What the Config controller has to know. */
  public InstallSettings install() {
    return InstallSettings.of(
        namespace,
        new InstallSettings.Images(
            images.daemon(), images.agent(), images.pullPolicy().orElse(null)));
  }
}
