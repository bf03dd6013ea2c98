package io.bpfman.operator.adapter.k8s.webhook;

import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.CertificatePorts;
import io.bpfman.operator.pki.CertificateStepVerticle;
import io.bpfman.operator.webhook.CertificateKeeper;
import io.bpfman.operator.webhook.WebhookSettings;
import io.bpfman.operator.webhook.WebhookVerticle;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.runtime.http.BindAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The webhook's part of one operator, on a free port of the loopback. */
final class Replica {
  static final String NAMESPACE = "bpfman";

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration LIFE = Duration.ofDays(100);

  final CertificateKeeper keeper;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Vertx vertx;
  private WebhookVerticle webhook;

  Replica(Vertx vertx, KubernetesClient client, InstantSource clock) {
    this.vertx = vertx;
    this.keeper =
        new CertificateKeeper(
            new Rotation(List.of("localhost"), LIFE, LIFE, Duration.ofMinutes(1)),
            new CertificatePorts(
                new SecretKeyringStore(client, NAMESPACE, SecretKeyringStore.WEBHOOK),
                new WebhookConfigurationTrust(client, WebhookConfigurationTrust.NAME),
                new BouncyCastleMaker(),
                clock));
  }

  static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param port 0 takes a free one
   */
  Replica serve(int port) {
    webhook =
        new WebhookVerticle(
            new WebhookSettings(new BindAddress("127.0.0.1", port), keeper, INTERVAL, metrics));
    result(vertx.deployVerticle(webhook));
    return this;
  }

  Replica lead() {
    result(
        vertx.deployVerticle(
            new CertificateStepVerticle(keeper::lead, keeper.describe(), INTERVAL)));
    return this;
  }

  void stopServing() {
    result(vertx.undeploy(webhook.deploymentID()));
  }

  int port() {
    return webhook.port();
  }

  /** Reviews so far, of all kinds. */
  double reviews() {
    return metrics.find("bpfman.admission.reviews").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** 99 of the 100 days before now, so that the first certificate is due and still good. */
  static Instant longAgo() {
    return InstantSource.system().instant().minus(Duration.ofDays(99));
  }
}
