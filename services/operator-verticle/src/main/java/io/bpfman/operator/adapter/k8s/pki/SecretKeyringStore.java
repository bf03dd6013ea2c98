package io.bpfman.operator.adapter.k8s.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.StoredKeyring;
import io.bpfman.runtime.pki.CertificateFiles;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Secret in the operator's namespace, marked as the operator's own. */
public final class SecretKeyringStore implements KeyringStore {
  /** Of the admission webhook's certificates. */
  public static final String WEBHOOK = "bpfman-webhook-cert";

  /** Of the authority of operators and nodes. */
  public static final String AUTHORITY = "bpfman-ca";

  private static final String OWNER_LABEL = "app.kubernetes.io/managed-by";
  private static final String OWNER = "bpfman-operator";
  private static final String TLS = "kubernetes.io/tls";
  private static final String OPAQUE = "Opaque";

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  /**
   * @param client stays the caller's
   * @param name of the Secret
   */
  public SecretKeyringStore(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Optional<StoredKeyring> read() {
    Secret found = secret().get();
    if (found == null) {
      return Optional.empty();
    }
    Map<String, String> labels = found.getMetadata().getLabels();
    if (labels == null || !OWNER.equals(labels.get(OWNER_LABEL))) {
      throw new IllegalStateException(
          "%s has no label %s=%s, so it is not touched; mount it and give its directory to the operator, or remove it"
              .formatted(describe(), OWNER_LABEL, OWNER));
    }
    return Optional.of(
        new StoredKeyring(decoded(found.getData()), found.getMetadata().getResourceVersion()));
  }

  private static Map<String, String> decoded(@Nullable Map<String, String> data) {
    return data == null
        ? Map.of()
        : data.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> new String(Base64.getDecoder().decode(entry.getValue()), UTF_8)));
  }

  @Override
  public boolean create(Map<String, String> texts) {
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels(OWNER_LABEL, OWNER)
            .endMetadata()
            .withType(texts.containsKey(CertificateFiles.CERTIFICATE) ? TLS : OPAQUE)
            .withStringData(texts)
            .build();
    return unlessConflict(() -> client.resource(secret).create());
  }

  @Override
  public boolean replace(String version, Map<String, String> texts) {
    Secret found = secret().get();
    if (found == null || !version.equals(found.getMetadata().getResourceVersion())) {
      return false;
    }
    Secret changed = new SecretBuilder(found).withData(Map.of()).withStringData(texts).build();
    return unlessConflict(() -> client.resource(changed).lockResourceVersion(version).update());
  }

  @Override
  public String describe() {
    return "Secret " + namespace + "/" + name;
  }

  private Resource<Secret> secret() {
    return client.secrets().inNamespace(namespace).withName(name);
  }

  private static boolean unlessConflict(Runnable write) {
    try {
      write.run();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
