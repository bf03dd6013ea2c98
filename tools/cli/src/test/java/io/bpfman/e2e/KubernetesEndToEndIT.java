package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.TestNetns;
import io.bpfman.testkit.kube.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl at one end, the kernel at the other, and every process of ours in between. */
@Tag("kube")
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesEndToEndIT {
  private static final Path SAMPLES = Path.of(System.getProperty("bpfman.root"), "k8s/samples");

  /** Samples that this node cannot run, and a word of the reason that it has to give. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "all-types.yaml", "PodSelectionUnsupported|ImageUnsupported",
          "pods.yaml", "imagePullSecret: there is no Secret .*Unsupported");

  /** A sample for pods, of which this node has none: loaded, and attached nowhere. */
  private static final String WITHOUT_PODS = "network-namespaces.yaml";

  /** Samples of types that the kernel may lack: then the reason has to say so. */
  private static final List<String> DEPENDS_ON_KERNEL =
      List.of("kprobe-counter.yaml", "fentry-counter.yaml");

  /** Free in the node's own network namespace; the operator has its default, 8175. */
  private static final int AGENT_HEALTH = 8176;

  private static final int OPERATOR_HEALTH = 8175;

  private Path root;
  private ControlPlane kubernetes;
  private Node node;

  @BeforeAll
  void startEverything(@TempDir Path directory) throws Exception {
    root = directory;
    node =
        new Node(
            directory,
            this::startControlPlane,
            List.of("--health-probe-bind-address", "127.0.0.1:" + AGENT_HEALTH));
    kubernetes.kubectl("apply", "--server-side", "-f", SAMPLES.resolveSibling("crd").toString());
    kubernetes.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
    kubernetes.kubectl("create", "namespace", "bpfman");
    kubernetes.kubectl(
        "create",
        "-f",
        write(
            "node.yaml",
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: n1
              labels: {kubernetes.io/os: linux, kubernetes.io/hostname: n1}
            """));
    compileSamples();
    node.start();
  }

  private List<String> startControlPlane(TestNetns netns) {
    kubernetes = ControlPlane.startIn(netns);
    return List.of("--kubernetes", "--kubeconfig", kubernetes.kubeconfigFile().toString());
  }

  private void compileSamples() throws IOException {
    try (Stream<Path> sources = Files.walk(SAMPLES)) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".c")).toList()) {
        String object = source.getFileName().toString().replace(".c", ".o");
        BpfCompiler.compile(source, root.resolve(object));
      }
    }
  }

  @AfterAll
  void stopEverything() throws Exception {
    node.close();
    kubernetes.close();
  }

  @AfterEach
  void removeApplications() {
    kubernetes.kubectl("delete", "--all", "--timeout=30s", "clusterbpfapplications");
    kubernetes.kubectl("delete", "--all", "-A", "--timeout=30s", "bpfapplications");
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(root.resolve(name), text).toString();
  }

  private static ConditionFactory soon() {
    return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(200));
  }

  /** A sample as a person would adapt it: own objects, own interface. */
  private String adapted(Path sample) throws IOException {
    return write(
        "applied.yaml",
        Files.readString(sample)
            .replace("/run/bpfman-samples/", root + "/")
            .replace("- eth0", "- " + TestNetns.INTERFACE)
            .replace("/^(eth|en)/", "/^(veth|en)/"));
  }

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("config.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleRunsOrSaysWhyItCannotAndDeletingItLeavesNothing(Path sample) throws IOException {
    String file = adapted(sample);
    kubernetes.kubectl("apply", "-f", file);
    String name = Objects.toString(sample.getFileName());
    soon().until(() -> !reason(file).isEmpty() && !reason(file).equals("Pending"));
    if (REFUSED.containsKey(name)) {
      refused(file, REFUSED.get(name));
    } else if (DEPENDS_ON_KERNEL.contains(name) && reason(file).equals("Error")) {
      refused(file, "KernelUnsupported|NotFound|kernel");
    } else {
      String done = name.equals(WITHOUT_PODS) ? "NoMatch" : "Success";
      assertEquals(done, reason(file), () -> message(file));
      assertEquals(name.equals(WITHOUT_PODS), node.links().isEmpty(), "links in the kernel");
      assertTrue(kubernetes.kubectl("get", "-o", "wide", "-f", file).contains(done));
      assertTrue(states().contains("n1 " + done), states());
    }
    kubernetes.kubectl("delete", "--timeout=30s", "-f", file);
    soon().untilAsserted(() -> assertEquals("", states()));
    assertEquals(Map.of(), node.programs());
    assertEquals(List.of(), node.links());
  }

  /** With the same words in the condition, in describe and in an Event. */
  private void refused(String file, String word) {
    assertEquals("Error", reason(file), () -> message(file));
    String pattern = "(?s).*(" + word + ").*";
    assertTrue(message(file).matches(pattern), message(file));
    assertTrue(kubernetes.kubectl("describe", "-f", file).matches(pattern));
    soon()
        .until(
            () ->
                kubernetes
                    .kubectl("get", "events", "-A", "-o", "jsonpath={.items[*].message}")
                    .matches(pattern));
  }

  private String reason(String file) {
    return kubernetes.kubectl("get", "-f", file, "-o", "jsonpath={.status.conditions[0].reason}");
  }

  private String message(String file) {
    return kubernetes.kubectl("get", "-f", file, "-o", "jsonpath={.status.conditions[0].message}");
  }

  /** Node and reason of every state object. */
  private String states() {
    return kubernetes
        .kubectl(
            "get",
            "clusterbpfapplicationstates,bpfapplicationstates",
            "-A",
            "-o",
            "jsonpath={range .items[*]}{.status.node} {.status.conditions[0].reason}{\"\\n\"}{end}")
        .strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ClusterBpfApplication", "BpfApplication"})
  void anApplicationOfEitherKindIsLoadedOnceThroughItsWholeLife(String kind) throws Exception {
    String namespace = kind.equals("BpfApplication") ? "blue" : "default";
    if (namespace.equals("blue")) {
      kubernetes.kubectl("create", "namespace", namespace);
    }
    String file = write("life.yaml", forPods(kind, namespace));
    kubernetes.kubectl("apply", "-f", file);
    soon().until(() -> reason(file).equals("NoMatch"));
    Map<String, Integer> programs = node.programs();
    assertEquals(1, programs.size(), "a second one of the same name would be an error");
    node.agent.killAndRestart();
    node.operator.killAndRestart();
    assertEquals(programs, node.programs(), "known again after a restart");
    patch(file, "[{'op':'replace','path':'/spec/nodeSelector','value':{'matchLabels':{'a':'b'}}}]");
    soon().until(() -> node.programs().isEmpty());
    patch(file, "[{'op':'replace','path':'/spec/nodeSelector','value':{}}]");
    soon().until(() -> node.programs().keySet().equals(programs.keySet()));
    deleteWithNamespace(file, namespace);
    soon().untilAsserted(() -> assertEquals("", states()));
    soon().untilAsserted(() -> assertEquals(Map.of(), node.programs()));
  }

  private void patch(String file, String operations) {
    kubernetes.kubectl("patch", "-f", file, "--type=json", "-p", operations.replace('\'', '"'));
  }

  private void deleteWithNamespace(String file, String namespace) {
    if (namespace.equals("default")) {
      kubernetes.kubectl("delete", "--timeout=30s", "-f", file);
    } else {
      kubernetes.kubectl("delete", "namespace", "--timeout=50s", namespace);
    }
  }

  /** Of the only links that both kinds can have, which find no pod here. */
  private String forPods(String kind, String namespace) {
    return """
        apiVersion: bpfman.io/v1alpha1
        kind: %s
        metadata:
          name: life
          namespace: %s
        spec:
          nodeSelector: {}
          byteCode:
            path: %s/xdp_counter.o
          programs:
            - name: xdp_counter
              type: XDP
              xdp:
                links:
                  - interfaceSelector: {interfaces: [eth0]}
                    networkNamespaces: {pods: {}}
        """
        .formatted(kind, namespace, root);
  }

  @ParameterizedTest
  @ValueSource(ints = {AGENT_HEALTH, OPERATOR_HEALTH})
  void agentAndOperatorSayThatTheyAreReady(int port) {
    String request =
        "exec 3<>/dev/tcp/127.0.0.1/%d; printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"
            .formatted(port);
    soon().until(() -> node.netns.exec("bash", "-c", request).contains(" 200 OK"));
  }

  @Test
  void theDefaultConfigIsKept() {
    soon()
        .until(
            () ->
                kubernetes
                    .kubectl(
                        "get",
                        "daemonset",
                        "-n",
                        "bpfman",
                        "-o",
                        "jsonpath={.items[*].metadata.name}")
                    .equals("bpfman-daemon"));
    assertEquals(
        "config.bpfman.io/bpfman-config",
        kubernetes.kubectl("get", "configs.bpfman.io", "-o", "name").strip());
    assertTrue(
        kubernetes
            .kubectl("get", "secret,configmap", "-n", "bpfman", "-o", "name")
            .contains("bpfman-operator-key"));
  }

  @Test
  void aKilledOperatorComesBackAndTheProgramsNeverLeave() throws Exception {
    String file = adapted(SAMPLES.resolve("xdp-counter.yaml"));
    kubernetes.kubectl("apply", "-f", file);
    soon().until(() -> reason(file).equals("Success"));
    Map<String, Integer> programs = node.programs();
    node.operator.kill();
    node.netns.ping(3);
    assertEquals(programs, node.programs());
    node.operator.launch();
    node.operator.awaitReady();
    kubernetes.kubectl(
        "patch",
        "-f",
        file,
        "--type=json",
        "-p",
        "[{\"op\":\"replace\",\"path\":\"/spec/programs/0/xdp/links/0/priority\",\"value\":7}]");
    // The lease of the killed one has to run out first.
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                kubernetes
                        .kubectl("get", "-f", file, "-o", "jsonpath={.status.observedGeneration}")
                        .equals("2")
                    && reason(file).equals("Success"));
    assertEquals(programs, node.programs(), "the program stays, only its link changes");
    assertEquals(7, node.links().getFirst().getAttach().getXdpAttachInfo().getPriority());
  }
}
