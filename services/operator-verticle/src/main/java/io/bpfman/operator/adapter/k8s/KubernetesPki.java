package io.bpfman.operator.adapter.k8s;

import io.bpfman.operator.KubernetesConfig;
import io.bpfman.operator.PkiConfig;
import io.bpfman.operator.PkiParts;
import io.bpfman.operator.adapter.k8s.pki.ConfigMapTrust;
import io.bpfman.operator.adapter.k8s.pki.PodTokenCheck;
import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.runtime.LocalVertx;
import io.bpfman.runtime.pki.CertificateFiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import java.util.List;

/** The authority of operators and nodes, in the Kubernetes API. */
public final class KubernetesPki {
  /** In front of the operators' enrolment. */
  public static final String SERVICE = "bpfman-enrolment";

  private final KubernetesConfig config;
  private final PkiConfig pki;
  private final CertificateFiles member;

  /**
   * @param member files of the certificate that this operator shows to other members
   */
  public KubernetesPki(KubernetesConfig config, PkiConfig pki, CertificateFiles member) {
    this.config = config;
    this.pki = pki;
    this.member = member;
  }

  /**
   * Gets this operator a certificate, with a client of its own: whoever joins the others shows it,
   * and the client of the operator comes after that. Blocks.
   */
  public void prepare() {
    Vertx vertx = LocalVertx.create();
    try (KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(KubernetesPorts.config(config.kubeconfig().orElse(null)))
            .withHttpClientFactory(new Vertx5HttpClientFactory(vertx))
            .build()) {
      parts(client).prepare();
    } finally {
      vertx.close().await();
    }
  }

  /**
   * @param client stays the caller's
   */
  PkiParts parts(KubernetesClient client) {
    String host = SERVICE + "." + config.namespace() + ".svc";
    return new PkiParts(
        pki,
        new PkiParts.Ends(
            new SecretKeyringStore(client, config.namespace(), SecretKeyringStore.AUTHORITY),
            new ConfigMapTrust(client, config.namespace()),
            new PodTokenCheck(client, config.namespace(), pki.nodeRole()),
            new PkiParts.Self(
                config.identity().orElse("bpfman-operator"),
                member,
                List.of(host, host + ".cluster.local"))));
  }
}
