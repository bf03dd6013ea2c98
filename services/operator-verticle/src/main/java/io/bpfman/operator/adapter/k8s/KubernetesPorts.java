package io.bpfman.operator.adapter.k8s;

import io.bpfman.model.Backoff;
import io.bpfman.operator.KeyQueue;
import io.bpfman.operator.LeaseLeadership;
import io.bpfman.operator.OperatorPorts;
import io.bpfman.operator.core.LeaseTimes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/** The Kubernetes API as what the operator works with. */
public final class KubernetesPorts implements OperatorPorts.Factory {
  /** Name of the Lease, as upstream's. */
  public static final String LEASE = "8730d955.bpfman.io";

  private static final KeyQueue.Limits WRITES =
      new KeyQueue.Limits(6, new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60)));

  private final Settings settings;

  /**
   * @param config of the client
   * @param namespace of the Lease
   * @param identity of this process in the Lease; different for every start
   * @param steady a clock that never goes back
   * @param wall for times that people read
   */
  public record Settings(
      Config config,
      String namespace,
      String identity,
      LeaseTimes lease,
      InstantSource steady,
      InstantSource wall) {}

  public KubernetesPorts(Settings settings) {
    this.settings = settings;
  }

  @Override
  public OperatorPorts open(Vertx vertx) {
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(settings.config())
            .withHttpClientFactory(new Vertx5HttpClientFactory(vertx))
            .build();
    LeaseLeadership leadership =
        new LeaseLeadership(
            vertx,
            new KubernetesLease(client, settings.namespace(), LEASE),
            new LeaseLeadership.Settings(
                settings.identity(), settings.lease(), settings.steady(), settings.wall()));
    return new OperatorPorts(() -> ends(vertx, client), leadership, client::close);
  }

  private OperatorPorts.Ends ends(Vertx vertx, KubernetesClient client) {
    KubernetesObjects objects = new KubernetesObjects(client);
    KubernetesStatus status =
        new KubernetesStatus(
            objects,
            new StateWriter(client, objects, settings.wall()),
            new ApplicationWriter(client, settings.wall()),
            work -> new KeyQueue<>(vertx, WRITES, work));
    return new OperatorPorts.Ends(new KubernetesSource(objects), status);
  }
}
