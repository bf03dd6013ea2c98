package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.FailureCode;
import io.bpfman.operator.LeaseLeadership;
import io.bpfman.operator.OperatorPorts;
import io.bpfman.operator.core.LeaseTimes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Kubernetes API as what the operator works with. */
public final class KubernetesPorts implements OperatorPorts.Factory {
  /** Name of the Lease, as upstream's. */
  public static final String LEASE = "8730d955.bpfman.io";

  /** Longer than any list takes; what waits longer is tried again by its key. */
  private static final int REQUEST_MILLIS = 10_000;

  private final Settings settings;

  /**
   * @param config of the client
   * @param namespace of the Lease
   * @param identity of this process in the Lease; different for every start
   * @param key files that become those of the cluster's key pair
   * @param parts makes what runs beside the operator, with the client that it uses
   * @param steady a clock that never goes back
   * @param wall for times that people read
   */
  public record Settings(
      Config config,
      String namespace,
      String identity,
      LeaseTimes lease,
      KeyFiles key,
      Function<KubernetesClient, Parts> parts,
      InstantSource steady,
      InstantSource wall) {}

  /** The operator's signing key pair on its disk. */
  public record KeyFiles(Path privateKey, Path publicKey) {}

  /** What runs beside the operator, whether it leads or not, and while it leads. */
  public record Parts(List<Supplier<Deployable>> always, List<Supplier<Deployable>> whileLeading) {
    /** Nothing but the operator. */
    public static final Function<KubernetesClient, Parts> NONE =
        _ -> new Parts(List.of(), List.of());
  }

  public KubernetesPorts(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads address and credentials of an API server.
   *
   * @param kubeconfig null: those that a pod has from its service account
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID
   */
  public static Config config(@Nullable Path kubeconfig) {
    if (kubeconfig == null) {
      return Config.autoConfigure(null);
    }
    try {
      return Config.fromKubeconfig(Files.readString(kubeconfig));
    } catch (IOException | RuntimeException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "kubeconfig %s cannot be used: %s".formatted(kubeconfig, e.getMessage()),
          "give one that kubectl takes, or none inside a pod",
          e);
    }
  }

  @Override
  public OperatorPorts open(Vertx vertx) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(settings.config())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(REQUEST_MILLIS)
                    .build())
            .withHttpClientFactory(new Vertx5HttpClientFactory(vertx))
            .build();
    new KubernetesSigningKey(client, settings.namespace())
        .bring(settings.key().privateKey(), settings.key().publicKey());
    LeaseLeadership leadership =
        new LeaseLeadership(
            vertx,
            new KubernetesLease(client, settings.namespace(), LEASE),
            new LeaseLeadership.Settings(
                settings.identity(), settings.lease(), settings.steady(), settings.wall()));
    Parts parts = settings.parts().apply(client);
    return new OperatorPorts(
        () -> ends(client), leadership, parts.always(), parts.whileLeading(), client::close);
  }

  private OperatorPorts.Ends ends(KubernetesClient client) {
    KubernetesObjects objects = new KubernetesObjects(client);
    LastUsableSpec last = new LastUsableSpec(client.getKubernetesSerialization());
    KubernetesStatus status =
        new KubernetesStatus(
            objects,
            new StateWriter(client, objects, settings.wall()),
            new ApplicationWriter(client, last, settings.wall()));
    KubernetesSource source =
        new KubernetesSource(objects, new KubernetesPods(client), new PullSecrets(client), last);
    return new OperatorPorts.Ends(source, status);
  }
}
