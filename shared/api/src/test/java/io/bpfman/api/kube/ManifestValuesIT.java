package io.bpfman.api.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.api.manifest.ManifestValues;
import io.bpfman.api.manifest.StoredValue;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table that our reader is compared with is what kubectl and the server do. */
@Tag("kube")
class ManifestValuesIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static KubernetesClient client;

  @TempDir private Path directory = Path.of("");

  @BeforeAll
  static void install() {
    client = Cluster.client(KUBE);
    Cluster.installDefinitions(KUBE, client);
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @AfterEach
  void delete() {
    KUBE.kubectl("delete", "--all", "clusterbpfapplications,configs.bpfman.io");
  }

  static List<ManifestValues.Case> cases() {
    return ManifestValues.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aValueIsWhatTheTableSays(ManifestValues.Case value) throws IOException {
    assertEquals(value.expected(), stored(value), value.manifest());
  }

  private String stored(ManifestValues.Case value) throws IOException {
    Path file = Files.writeString(directory.resolve("values.yaml"), value.manifest());
    try {
      KUBE.kubectl("create", "-f", file.toString());
    } catch (IllegalStateException refused) {
      return ManifestValues.REFUSED;
    }
    Class<? extends HasMetadata> type =
        value.field().equals("quantity") ? Config.class : ClusterBpfApplication.class;
    try {
      return StoredValue.of(value.field(), client.resources(type).list().getItems().getFirst());
    } catch (KubernetesClientException unreadable) {
      return ManifestValues.UNREADABLE;
    }
  }
}
