package io.bpfman.operator.adapter.k8s.pki;

import io.bpfman.operator.pki.port.TrustBundle;
import io.bpfman.runtime.pki.CertificateFiles;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The authorities in a ConfigMap that the pods of nodes mount. */
public final class ConfigMapTrust implements TrustBundle {
  /** Of the ConfigMap; its key is {@code ca.crt}. */
  public static final String NAME = "bpfman-ca";

  private static final String MANAGER = "bpfman-operator";

  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param client stays the caller's
   */
  public ConfigMapTrust(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public Outcome publish(String bundle) {
    ConfigMap found = client.configMaps().inNamespace(namespace).withName(NAME).get();
    if (found != null
        && found.getData() != null
        && bundle.equals(found.getData().get(CertificateFiles.AUTHORITIES))) {
      return Outcome.UNCHANGED;
    }
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .addToLabels("app.kubernetes.io/part-of", "bpfman")
                .endMetadata()
                .addToData(CertificateFiles.AUTHORITIES, bundle)
                .build())
        .fieldManager(MANAGER)
        .forceConflicts()
        .serverSideApply();
    return Outcome.WRITTEN;
  }
}
