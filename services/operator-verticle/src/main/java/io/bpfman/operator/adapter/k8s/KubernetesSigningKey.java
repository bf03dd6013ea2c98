package io.bpfman.operator.adapter.k8s;

import io.bpfman.contract.SecretFiles;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One signing key for all operators of a cluster: in a Secret that the first of them makes, and its
 * public half in a ConfigMap that agents mount.
 */
final class KubernetesSigningKey {
  /** Of the operators' Secret and of the agents' ConfigMap, in the operators' namespace. */
  static final String NAME = "bpfman-operator-key";

  private static final String PRIVATE_FILE = "operator.key";
  private static final String PUBLIC_FILE = "operator.pub";
  private static final String MANAGER = "bpfman-operator";

  private final KubernetesClient client;
  private final String namespace;

  KubernetesSigningKey(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Makes the two files those of the cluster; blocks. Operators that start together agree on one.
   *
   * @throws KubernetesClientException the Secret cannot be read or made
   */
  void bring(Path privateKey, Path publicKey) {
    @Nullable Secret secret = secret();
    if (secret == null) {
      DesiredStateSigner.loadOrCreate(privateKey, publicKey);
      secret = makeOrRead(SecretFiles.readSecret(privateKey));
    }
    String text =
        new String(
            Base64.getDecoder().decode(secret.getData().get(PRIVATE_FILE)),
            StandardCharsets.US_ASCII);
    SecretFiles.replaceSecret(privateKey, text);
    DesiredStateSigner.loadOrCreate(privateKey, publicKey);
    publish(SecretFiles.read(publicKey));
  }

  private @Nullable Secret secret() {
    return client.secrets().inNamespace(namespace).withName(NAME).get();
  }

  private Secret makeOrRead(String text) {
    Secret fresh =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(NAME)
            .endMetadata()
            .addToStringData(PRIVATE_FILE, text)
            .build();
    try {
      return client.resource(fresh).create();
    } catch (KubernetesClientException e) {
      @Nullable Secret others = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? secret() : null;
      if (others == null) {
        throw e;
      }
      return others;
    }
  }

  private void publish(String publicKey) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata()
                .addToData(PUBLIC_FILE, publicKey)
                .build())
        .fieldManager(MANAGER)
        .forceConflicts()
        .serverSideApply();
  }
}
