package io.bpfman.operator.adapter.k8s;

import io.bpfman.operator.BlockingPart;
import io.bpfman.operator.KubernetesConfig;
import io.bpfman.operator.PkiParts;
import io.bpfman.operator.adapter.files.CertificateDirectory;
import io.bpfman.operator.adapter.k8s.access.KubernetesAccessCheck;
import io.bpfman.operator.adapter.k8s.install.ConfigBootstrap;
import io.bpfman.operator.adapter.k8s.install.ConfigController;
import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.adapter.k8s.webhook.WebhookConfigurationTrust;
import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.CertificatePorts;
import io.bpfman.operator.pki.CertificateStepVerticle;
import io.bpfman.operator.webhook.CertificateKeeper;
import io.bpfman.operator.webhook.WebhookSettings;
import io.bpfman.operator.webhook.WebhookVerticle;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.runtime.health.HealthVerticle;
import io.bpfman.runtime.health.MetricsSettings;
import io.bpfman.runtime.health.MetricsVerticle;
import io.bpfman.runtime.health.ProcessMetrics;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.CertificateSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Deployable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The webhook, health, metrics and the Config controller, as the configuration wants them. */
public final class KubernetesParts implements Function<KubernetesClient, KubernetesPorts.Parts> {
  /** Between two looks for another certificate, and between two steps of its rotation. */
  private static final Duration CERTIFICATES = Duration.ofSeconds(10);

  private static final String SERVICE = "bpfman-webhook-service";

  private final KubernetesConfig config;
  private final KubernetesPki pki;

  public KubernetesParts(KubernetesConfig config, KubernetesPki pki) {
    this.config = config;
    this.pki = pki;
  }

  @Override
  public KubernetesPorts.Parts apply(KubernetesClient client) {
    List<Supplier<Deployable>> always = new ArrayList<>();
    List<Supplier<Deployable>> whileLeading = new ArrayList<>();
    ProcessMetrics metrics = new ProcessMetrics();
    CertificateSource certificates = certificates(client, whileLeading);
    AtomicReference<@Nullable WebhookVerticle> webhook = new AtomicReference<>();
    always.add(
        () ->
            new BlockingPart(
                () -> ConfigBootstrap.ensureDefault(client, config.install()), metrics::close));
    config
        .endpoints()
        .webhook()
        .ifPresent(address -> always.add(() -> remember(webhook, address, certificates, metrics)));
    config
        .endpoints()
        .metrics()
        .ifPresent(
            address ->
                always.add(
                    () ->
                        new MetricsVerticle(
                            MetricsSettings.secured(
                                address, certificates, new KubernetesAccessCheck(client)),
                            metrics::text)));
    config
        .endpoints()
        .health()
        .ifPresent(
            address -> always.add(() -> new HealthVerticle(address, () -> missing(webhook))));
    whileLeading.add(
        () -> {
          ConfigController controller =
              new ConfigController(client, config.install(), InstantSource.system());
          return new BlockingPart(controller::start, controller::close);
        });
    PkiParts authority = pki.parts(client);
    always.addAll(authority.always());
    whileLeading.addAll(authority.whileLeading());
    return new KubernetesPorts.Parts(always, whileLeading);
  }

  private List<String> missing(AtomicReference<@Nullable WebhookVerticle> webhook) {
    WebhookVerticle serving = webhook.get();
    boolean ready = config.endpoints().webhook().isEmpty() || serving != null && serving.port() > 0;
    return ready ? List.of() : List.of("admission webhook");
  }

  private static Deployable remember(
      AtomicReference<@Nullable WebhookVerticle> webhook,
      BindAddress address,
      CertificateSource certificates,
      ProcessMetrics metrics) {
    WebhookVerticle verticle =
        new WebhookVerticle(
            new WebhookSettings(address, certificates, CERTIFICATES, metrics.registry()));
    webhook.set(verticle);
    return verticle;
  }

  /** Those of a directory, or our own, which the leader renews. */
  private CertificateSource certificates(
      KubernetesClient client, List<Supplier<Deployable>> whileLeading) {
    if (config.endpoints().certificates().isPresent()) {
      return new CertificateDirectory(config.endpoints().certificates().get());
    }
    String host = SERVICE + "." + config.namespace() + ".svc";
    CertificateKeeper keeper =
        new CertificateKeeper(
            Rotation.of(List.of(host, host + ".cluster.local")),
            new CertificatePorts(
                new SecretKeyringStore(client, config.namespace(), SecretKeyringStore.WEBHOOK),
                new WebhookConfigurationTrust(client, WebhookConfigurationTrust.NAME),
                new BouncyCastleMaker(),
                InstantSource.system()));
    whileLeading.add(
        () -> new CertificateStepVerticle(keeper::lead, keeper.describe(), CERTIFICATES));
    return keeper;
  }
}
