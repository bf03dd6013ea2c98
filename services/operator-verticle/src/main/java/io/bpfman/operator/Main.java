package io.bpfman.operator;

import io.bpfman.operator.adapter.k8s.KubernetesPorts;
import io.bpfman.operator.adapter.manifest.ManifestDirectory;
import io.bpfman.operator.adapter.manifest.StatusDirectory;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ClusteredService;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.runtime.config.ConfigValues;
import io.vertx.core.Deployable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code bpfman-operator}, with the Kubernetes API or a directory of manifests as its source. */
public final class Main {
  static final ClusteredService SERVICE =
      new ClusteredService(
          "bpfman-operator",
          ConfigReader.join(OperatorConfig.KEYS, KubernetesConfig.KEYS),
          ClusterConfig::asDataMember,
          Main::verticles);

  private Main() {}

  public static void main(String[] arguments) {
    int code = SERVICE.run(System.getenv(), List.of(arguments));
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Supplier<List<? extends Deployable>> verticles(ConfigValues values) {
    OperatorConfig config = OperatorConfig.from(values);
    KubernetesConfig kubernetes = KubernetesConfig.from(values);
    OperatorPorts.Factory ports = kubernetes.enabled() ? kubernetes(kubernetes) : manifests(config);
    return () -> List.of(new OperatorVerticle(config, ports, InstantSource.system()));
  }

  private static OperatorPorts.Factory manifests(OperatorConfig config) {
    return OperatorPorts.alone(
        () ->
            new OperatorPorts.Ends(
                new ManifestDirectory(config.manifests()),
                new StatusDirectory(config.manifests())));
  }

  private static OperatorPorts.Factory kubernetes(KubernetesConfig config) {
    return new KubernetesPorts(
        new KubernetesPorts.Settings(
            KubernetesPorts.config(config.kubeconfig().orElse(null)),
            config.namespace(),
            config.identity() + "_" + UUID.randomUUID(),
            config.lease(),
            () -> Instant.EPOCH.plusNanos(System.nanoTime()),
            InstantSource.system()));
  }
}
