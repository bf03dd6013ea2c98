package io.bpfman.operator.adapter.k8s.webhook;

import static org.awaitility.Awaitility.await;

import io.bpfman.operator.adapter.k8s.pki.SecretKeyringStore;
import io.bpfman.operator.webhook.WebhookSettings;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the tests of this package do with the server. */
final class Admissions {
  static final Path ROOT = Path.of(System.getProperty("bpfman.root"));

  private static final Path MANIFESTS = ROOT.resolve("k8s/webhook");

  private Admissions() {}

  /** As administrator; the caller closes it. */
  static KubernetesClient administrator(KubeServer server) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig()))
        .build();
  }

  /** With the rights of k8s/webhook/role.yaml and no others; the caller closes it. */
  static KubernetesClient operator(KubeServer server) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.fromKubeconfig(server.kubeconfig()))
                .withImpersonateUsername("system:serviceaccount:bpfman:bpfman-operator")
                .build())
        .build();
  }

  /** Kinds, namespace and rights. Idempotent. */
  static void install(KubeServer server, KubernetesClient client) {
    server.kubectl("apply", "--server-side", "-f", ROOT.resolve("k8s/crd").toString());
    server.kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s");
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("bpfman").endMetadata().build())
        .serverSideApply();
    server.kubectl("apply", "-f", MANIFESTS.resolve("role.yaml").toString());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                client.serviceAccounts().inNamespace("default").withName("default").get() != null);
  }

  /** That of k8s/webhook with the replica's address, and with {@code change}. */
  static void configure(KubernetesClient client, int port, Consumer<ValidatingWebhook> change) {
    String yaml = read(MANIFESTS.resolve("configuration.yaml"));
    ValidatingWebhookConfiguration configuration =
        client.getKubernetesSerialization().unmarshal(yaml, ValidatingWebhookConfiguration.class);
    ValidatingWebhook hook = configuration.getWebhooks().getFirst();
    hook.getClientConfig().setService(null);
    hook.getClientConfig().setUrl("https://localhost:" + port + WebhookSettings.PATH);
    change.accept(hook);
    client.resource(configuration).fieldManager("test").forceConflicts().serverSideApply();
  }

  /** As long as the server may still work with an older configuration, a probe tells. */
  static void awaitRefusal(KubernetesClient client, String badObject) {
    await().atMost(Duration.ofSeconds(20)).until(() -> refuses(client, badObject));
  }

  private static boolean refuses(KubernetesClient client, String yaml) {
    try {
      client.resource(yaml).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return e.getMessage().contains("validation.bpfman.io");
    }
  }

  static String bundle(KubernetesClient client) {
    ValidatingWebhookConfiguration found =
        client
            .admissionRegistration()
            .v1()
            .validatingWebhookConfigurations()
            .withName(WebhookConfigurationTrust.NAME)
            .get();
    return found.getWebhooks().getFirst().getClientConfig().getCaBundle();
  }

  static void removeAll(KubernetesClient client) {
    client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(WebhookConfigurationTrust.NAME)
        .delete();
    for (String kind : List.of("ClusterBpfApplication", "BpfApplication", "Config")) {
      client
          .genericKubernetesResources("bpfman.io/v1alpha1", kind)
          .inAnyNamespace()
          .list()
          .getItems()
          .forEach(left -> remove(client, left));
    }
    client.secrets().inNamespace(Replica.NAMESPACE).withName(SecretKeyringStore.WEBHOOK).delete();
  }

  private static void remove(KubernetesClient client, HasMetadata object) {
    if (!object.getFinalizers().isEmpty()) {
      client
          .resource(object)
          .edit(
              found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
              });
    }
    client.resource(object).delete();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
