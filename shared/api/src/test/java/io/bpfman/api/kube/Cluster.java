package io.bpfman.api.kube;

import static org.awaitility.Awaitility.await;

import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of this package do with the server. */
final class Cluster {
  static final Path ROOT = Path.of(System.getProperty("bpfman.root"));

  private Cluster() {}

  /** As administrator; the caller closes it. */
  static KubernetesClient client(KubeServer server) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(server.kubeconfig()))
        .build();
  }

  /** Applies k8s/crd and waits until the server serves all kinds. Idempotent. */
  static void installDefinitions(KubeServer server, KubernetesClient client) {
    server.kubectl("apply", "--server-side", "-f", ROOT.resolve("k8s/crd").toString());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> definitions(client).stream().allMatch(crd -> is(crd, "Established")));
  }

  /** Those of k8s/crd. */
  static List<CustomResourceDefinition> definitions(KubernetesClient client) {
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(crd -> crd.getSpec().getGroup().equals("bpfman.io"))
        .toList();
  }

  static boolean is(CustomResourceDefinition definition, String condition) {
    return definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(
                found -> found.getType().equals(condition) && found.getStatus().equals("True"));
  }

  /** Files of k8s/samples and below that are manifests. */
  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("k8s/samples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static String sample(String name) {
    try {
      return Files.readString(ROOT.resolve("k8s/samples").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
