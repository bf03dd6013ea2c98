package io.bpfman.operator;

import io.bpfman.api.client.BpfmanClient;
import io.bpfman.api.manifest.ManifestReader;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.operator.adapter.k8s.KubernetesPorts;
import io.bpfman.operator.core.Fixtures;
import io.bpfman.operator.core.LeaseTimes;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real API server, operators with the rights of k8s/base, and agents that load everything at
 * once.
 */
@ExtendWith(VertxExtension.class)
abstract class KubernetesCase {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  static final Duration HEARTBEAT = Duration.ofMillis(300);
  static final String NAMESPACE = "bpfman";

  Vertx vertx;
  KubernetesClient kubernetes;
  BpfmanClient bpfman;
  OperatorConfig config;
  final List<FakeAgent> agents = new ArrayList<>();

  @BeforeAll
  static void install() {
    String root = System.getProperty("bpfman.root");
    KUBE.kubectl("apply", "--server-side", "-k", Path.of(root, "k8s/base").toString());
    KUBE.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
  }

  /** With the rights that k8s/base gives the operator, and no more. */
  static Config asOperator() {
    Config config = Config.fromKubeconfig(KUBE.kubeconfig());
    return new ConfigBuilder(config)
        .withClientCertData(null)
        .withClientKeyData(null)
        .withAutoConfigure(false)
        .withOauthToken(KUBE.kubectl("create", "token", "-n", NAMESPACE, "bpfman-operator").strip())
        .build();
  }

  @BeforeEach
  void connect(Vertx fresh, @TempDir Path directory) {
    vertx = fresh;
    kubernetes =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(KUBE.kubeconfig())).build();
    bpfman = new BpfmanClient(kubernetes);
    for (String namespace : List.of("blue", "red")) {
      kubernetes
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .serverSideApply();
    }
    config =
        new OperatorConfig(
            directory.resolve("manifests"),
            directory.resolve("state"),
            HEARTBEAT,
            Duration.ofSeconds(10));
  }

  @AfterEach
  void clean() throws Exception {
    bpfman.clusterApplications().delete();
    bpfman.applications().inAnyNamespace().delete();
    soon().until(() -> bpfman.clusterApplications().list().getItems().isEmpty());
    soon().until(() -> bpfman.applications().inAnyNamespace().list().getItems().isEmpty());
    for (String deployment : vertx.deploymentIDs()) {
      done(vertx.undeploy(deployment));
    }
    kubernetes.nodes().delete();
    soon().until(() -> bpfman.clusterApplicationStates().list().getItems().isEmpty());
    kubernetes.secrets().inNamespace(NAMESPACE).delete();
    kubernetes.v1().events().inAnyNamespace().delete();
    kubernetes.close();
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static ConditionFactory soon() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  String startOperator(String identity) throws Exception {
    return startOperator(identity, asOperator());
  }

  String startOperator(String identity, Config access) throws Exception {
    Clock wall = Clock.systemUTC();
    KubernetesPorts ports =
        new KubernetesPorts(
            new KubernetesPorts.Settings(
                access,
                NAMESPACE,
                identity,
                LeaseTimes.of(Duration.ofSeconds(15)),
                new KubernetesPorts.KeyFiles(config.privateKey(), config.publicKey()),
                KubernetesPorts.Parts.NONE,
                wall,
                wall));
    return done(vertx.deployVerticle(new OperatorVerticle(config, ports, InstantSource.system())));
  }

  /** Work to be done while something is otherwise. */
  @FunctionalInterface
  interface Body {
    void run() throws Exception;
  }

  /**
   * @param change of the rules of the operator's ClusterRole, in JSON, until the body has ended
   */
  static void withRights(UnaryOperator<String> change, Body body) throws Exception {
    String rules =
        KUBE.kubectl("get", "clusterrole", "bpfman-operator-role", "-o", "jsonpath={.rules}");
    setRights(change.apply(rules));
    try {
      body.run();
    } finally {
      setRights(rules);
    }
  }

  private static void setRights(String rules) {
    KUBE.kubectl(
        "patch",
        "clusterrole",
        "bpfman-operator-role",
        "--type=merge",
        "-p",
        "{\"rules\":" + rules + "}");
  }

  FakeAgent node(String name, String zone) throws Exception {
    kubernetes
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("zone", zone)
                .addToLabels("kubernetes.io/os", "linux")
                .endMetadata()
                .build())
        .create();
    FakeAgent agent = new FakeAgent(vertx, name, config.publicKey());
    agents.add(agent);
    done(
        agent
            .live(HEARTBEAT)
            .transform(_ -> Future.succeededFuture())); // The operator may not lead yet.
    return agent;
  }

  ClusterBpfApplication apply(String name, String selector, int priority) {
    ClusterBpfApplication application =
        ManifestReader.readText("test", Fixtures.manifest(name, selector, priority)).getFirst();
    return kubernetes.resource(application).serverSideApply();
  }

  String condition(String name) {
    ClusterBpfApplication found = bpfman.clusterApplications().withName(name).get();
    return found == null ? "gone" : describe(found);
  }

  static String describe(CustomResource<?, ApplicationStatus> one) {
    if (one.getStatus() == null || one.getStatus().getConditions().isEmpty()) {
      return "none";
    }
    var condition = one.getStatus().getConditions().getFirst();
    return condition.getType() + ": " + condition.getMessage();
  }

  List<ClusterBpfApplicationState> states() {
    return bpfman.clusterApplicationStates().list().getItems();
  }

  static ApplicationStateStatus status(ClusterBpfApplicationState state) {
    return Objects.requireNonNull(state.getStatus());
  }

  static String type(ClusterBpfApplicationState state) {
    return state.getStatus() == null
        ? "none"
        : state.getStatus().getConditions().getFirst().getType();
  }

  List<Event> events(String application) {
    return kubernetes.v1().events().inAnyNamespace().list().getItems().stream()
        .filter(event -> application.equals(event.getInvolvedObject().getName()))
        .toList();
  }
}
