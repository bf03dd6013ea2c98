package io.bpfman.bench.kube;

import io.bpfman.api.client.BpfmanClient;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The API as the benchmark uses it: as a user, and to look. Blocking. */
final class Cluster implements AutoCloseable {
  /** Of the operator. */
  static final String NAMESPACE = "bpfman";

  private static final String LEASE = "8730d955.bpfman.io";
  private static final String FOREIGN = "foreign";
  private static final int PAYLOAD_BYTES = 2_000;

  private final KubernetesClient client;
  private final BpfmanClient bpfman;
  private final SharedIndexInformer<ClusterBpfApplication> applications;

  Cluster(Path kubeconfig) throws IOException {
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
    bpfman = new BpfmanClient(client);
    for (String namespace : List.of(NAMESPACE, FOREIGN)) {
      client
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    applications = bpfman.informer(ClusterBpfApplication.class);
    applications.run();
  }

  /** Name of one of the nodes. */
  static String node(int number) {
    return "bench-%04d".formatted(number);
  }

  void createNodes(int from, int to) {
    parallel(
        from,
        to,
        number ->
            client
                .resource(
                    new NodeBuilder()
                        .withNewMetadata()
                        .withName(node(number))
                        .addToLabels("kubernetes.io/hostname", node(number))
                        .addToLabels("kubernetes.io/os", "linux")
                        .endMetadata()
                        .build())
                .create());
  }

  void createForeign(int count) {
    String payload = "x".repeat(PAYLOAD_BYTES);
    parallel(
        0,
        count,
        number ->
            client
                .resource(
                    new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(FOREIGN)
                        .withName("foreign-" + number)
                        .endMetadata()
                        .addToData("payload", payload)
                        .build())
                .create());
  }

  private static void parallel(int from, int to, IntConsumer work) {
    IntStream.range(from, to).parallel().forEach(work);
  }

  /** As a user's {@code kubectl apply --server-side}; answers the generation. */
  long apply(String name, int priority) {
    ClusterBpfApplication application =
        ManifestReader.readText("bench", manifest(name, priority)).getFirst();
    return client.resource(application).serverSideApply().getMetadata().getGeneration();
  }

  private static String manifest(String name, int priority) {
    return """
    apiVersion: bpfman.io/v1alpha1
    kind: ClusterBpfApplication
    metadata:
      name: %s
    spec:
      nodeSelector: {}
      byteCode:
        path: /opt/x.o
      programs:
        - name: count
          type: XDP
          xdp:
            links:
              - interfaceSelector:
                  interfaces: [eth0]
                priority: %d
    """
        .formatted(name, priority);
  }

  void delete(String name) {
    bpfman.clusterApplications().withName(name).delete();
  }

  /** Type, message and generation of the condition; "gone", or "none" without one. */
  String condition(String name) {
    ClusterBpfApplication found = applications.getStore().getByKey(name);
    if (found == null) {
      return "gone";
    } else if (found.getStatus() == null || found.getStatus().getConditions().isEmpty()) {
      return "none";
    }
    Condition condition = found.getStatus().getConditions().getFirst();
    return "%s of generation %d: %s"
        .formatted(condition.getType(), condition.getObservedGeneration(), condition.getMessage());
  }

  /** Whether all of {@code nodes} nodes run this generation, says the application. */
  boolean succeeded(String name, long generation, int nodes) {
    return condition(name)
        .equals(
            "Success of generation %d: %d of %d selected nodes ready"
                .formatted(generation, nodes, nodes));
  }

  List<ClusterBpfApplicationState> states(String application) {
    return bpfman
        .clusterApplicationStates()
        .withLabel("bpfman.io/ownedByProgram", application)
        .list()
        .getItems();
  }

  /** How many of the state objects say Success for this generation. */
  long statesWithSuccess(String application, long generation) {
    return states(application).stream()
        .filter(
            state -> {
              var status = state.getStatus();
              return status != null
                  && Long.valueOf(generation).equals(status.getObservedGeneration())
                  && status.getConditions().getFirst().getType().equals("Success");
            })
        .count();
  }

  /** Events about applications so far; those of the server about nodes are left out. */
  long events() {
    return client
        .v1()
        .events()
        .inNamespace("default")
        .withField("involvedObject.kind", "ClusterBpfApplication")
        .list()
        .getItems()
        .size();
  }

  ApiCounts counts() {
    return ApiCounts.now(client, events());
  }

  /** Identity of the leading operator; empty when there is none. */
  String leader() {
    Lease lease = client.leases().inNamespace(NAMESPACE).withName(LEASE).get();
    return lease == null ? "" : Optional.ofNullable(lease.getSpec().getHolderIdentity()).orElse("");
  }

  String json(Object what) {
    return client.getKubernetesSerialization().asJson(what);
  }

  @Override
  public void close() {
    applications.stop();
    client.close();
  }
}
