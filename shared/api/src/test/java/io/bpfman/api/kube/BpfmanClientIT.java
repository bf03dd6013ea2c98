package io.bpfman.api.kube;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.api.client.BpfmanClient;
import io.bpfman.api.example.ApplyAndWait;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.BpfApplicationState;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.NodeFailure;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.cache.Lister;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("kube")
class BpfmanClientIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final Path SAMPLE = Cluster.ROOT.resolve("k8s/samples/xdp-counter.yaml");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static KubernetesClient kubernetes;
  private static BpfmanClient bpfman;

  @BeforeAll
  static void install() {
    kubernetes = Cluster.client(KUBE);
    Cluster.installDefinitions(KUBE, kubernetes);
    bpfman = new BpfmanClient(kubernetes);
    kubernetes.resource(namespace("blue")).serverSideApply();
    kubernetes.resource(namespace("red")).serverSideApply();
  }

  @AfterAll
  static void disconnect() {
    kubernetes.close();
  }

  @AfterEach
  void deleteAll() {
    bpfman.clusterApplications().delete();
    bpfman.clusterApplicationStates().delete();
    bpfman.applications().inAnyNamespace().delete();
    bpfman.applicationStates().inAnyNamespace().delete();
    bpfman.configs().delete();
  }

  @Test
  void theExampleTellsOnHowManyNodesAnApplicationRuns() {
    try (var operator = bpfman.informer(ClusterBpfApplication.class)) {
      operator.addEventHandler(new Operator(List.of()));
      operator.run();
      assertEquals("runs on 2 nodes", ApplyAndWait.run(bpfman, SAMPLE, LIMIT.toSeconds()));
    }
  }

  @Test
  void theExampleTellsWhyANodeFailed() {
    NodeFailure failure = new NodeFailure();
    failure.setNode("node-2");
    failure.setReason("NotFound");
    failure.setMessage("interface \"eth0\" does not exist; existing: lo");
    try (var operator = bpfman.informer(ClusterBpfApplication.class)) {
      operator.addEventHandler(new Operator(List.of(failure)));
      operator.run();
      assertEquals(
          "node-2: interface \"eth0\" does not exist; existing: lo",
          ApplyAndWait.run(bpfman, SAMPLE, LIMIT.toSeconds()));
    }
  }

  @Test
  void informersAndListersFollowEveryKind() {
    try (var cluster = bpfman.informer(ClusterBpfApplication.class);
        var namespaced = bpfman.informer(BpfApplication.class);
        var configs = bpfman.informer(Config.class)) {
      cluster.run();
      namespaced.run();
      configs.run();
      kubernetes.resource(Cluster.sample("xdp-counter.yaml")).create();
      kubernetes.resource(Cluster.sample("cluster/pods.yaml")).create();
      kubernetes.resource(Cluster.sample("cluster/config.yaml")).create();
      await().atMost(LIMIT).until(() -> new Lister<>(cluster.getIndexer()).list().size() == 1);
      await().atMost(LIMIT).until(() -> new Lister<>(configs.getIndexer()).list().size() == 1);
      var listed = new Lister<>(namespaced.getIndexer()).namespace("default");
      await().atMost(LIMIT).until(() -> listed.get("pods") != null);
      assertEquals(5, listed.get("pods").getSpec().getPrograms().size());
      bpfman.applications().inNamespace("default").withName("pods").delete();
      await().atMost(LIMIT).until(() -> listed.get("pods") == null);
    }
  }

  @Test
  void statesAreFoundByApplicationAndByNode() {
    try (var states = bpfman.informer(ClusterBpfApplicationState.class)) {
      states.run();
      for (String node : List.of("node-1", "node-2")) {
        create(new ClusterBpfApplicationState(), "a-" + node, null, Map.of("a", node));
        create(new ClusterBpfApplicationState(), "b-" + node, null, Map.of("b", node));
      }
      ClusterBpfApplication application = new ClusterBpfApplication();
      application.getMetadata().setName("a");
      await().atMost(LIMIT).until(() -> states.getIndexer().list().size() == 4);
      assertEquals(
          List.of("a-node-1", "a-node-2"),
          names(
              states
                  .getIndexer()
                  .byIndex(BpfmanClient.BY_APPLICATION, BpfmanClient.ownerKey(application))));
      assertEquals(
          List.of("a-node-2", "b-node-2"),
          names(states.getIndexer().byIndex(BpfmanClient.BY_NODE, "node-2")));
      assertEquals(List.of("a-node-1", "a-node-2"), names(bpfman.statesOf(application)));
    }
  }

  @Test
  void applicationsOfEqualNameInTwoNamespacesDoNotShareStates() {
    create(new BpfApplicationState(), "a-1", "blue", Map.of("a", "node-1"));
    create(new BpfApplicationState(), "a-2", "red", Map.of("a", "node-1"));
    BpfApplication application = new BpfApplication();
    application.getMetadata().setName("a");
    application.getMetadata().setNamespace("red");
    assertEquals(List.of("a-2"), names(bpfman.statesOf(application)));
    try (var states = bpfman.informer(BpfApplicationState.class)) {
      states.run();
      assertEquals(
          List.of("a-2"),
          names(
              states
                  .getIndexer()
                  .byIndex(BpfmanClient.BY_APPLICATION, BpfmanClient.ownerKey(application))));
    }
  }

  private static List<String> names(List<? extends CustomResource<?, ?>> objects) {
    return objects.stream().map(object -> object.getMetadata().getName()).sorted().toList();
  }

  private static Namespace namespace(String name) {
    return new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  /**
   * @param owner application and node
   */
  private static void create(
      CustomResource<?, ?> state, String name, String namespace, Map<String, String> owner) {
    Map.Entry<String, String> labels = owner.entrySet().iterator().next();
    ObjectMeta metadata =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels(ApiNames.OWNER_LABEL, labels.getKey())
            .addToLabels(ApiNames.HOSTNAME_LABEL, labels.getValue())
            .build();
    state.setMetadata(metadata);
    kubernetes.resource(state).create();
  }

  /** Stands in for bpfman's operator: two nodes, done at once or failing. */
  private record Operator(List<NodeFailure> failures)
      implements ResourceEventHandler<ClusterBpfApplication> {
    @Override
    public void onAdd(ClusterBpfApplication application) {
      String name = application.getMetadata().getName();
      for (String node : List.of("node-1", "node-2")) {
        create(new ClusterBpfApplicationState(), name + "-" + node, null, Map.of(name, node));
      }
      String type =
          failures.isEmpty() ? ApplicationConditions.SUCCESS : ApplicationConditions.ERROR;
      ApplicationStatus status = new ApplicationStatus();
      status.setObservedGeneration(application.getMetadata().getGeneration());
      status.setFailures(failures);
      status.setConditions(
          List.of(
              new ConditionBuilder()
                  .withType(type)
                  .withReason(type)
                  .withStatus("True")
                  .withMessage("")
                  .withLastTransitionTime("2026-01-01T00:00:00Z")
                  .build()));
      application.setStatus(status);
      kubernetes.resource(application).updateStatus();
    }

    @Override
    public void onUpdate(ClusterBpfApplication before, ClusterBpfApplication now) {}

    @Override
    public void onDelete(ClusterBpfApplication application, boolean unknown) {}
  }
}
