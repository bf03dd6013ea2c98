package io.bpfman.e2e;

import com.google.protobuf.ByteString;
import io.bpfman.api.manifest.StatusReader;
import io.bpfman.cli.GrpcOpener;
import io.bpfman.cli.LoaderOpener;
import io.bpfman.cli.LoaderSession;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A whole installation on one node, in a network namespace and a directory of its own. */
final class Node implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(10);

  final TestNetns netns = TestNetns.create();
  final JvmService daemon;
  final JvmService agent;
  final JvmService operator;
  private final Path root;
  private final Path manifests;

  /**
   * With a directory of manifests.
   *
   * @param agentFlags further ones of the agent
   */
  Node(Path root, String... agentFlags) throws IOException {
    this(
        root,
        _ -> List.of("--manifest-dir", root.resolve("manifests").toString()),
        List.of(agentFlags));
  }

  /**
   * @param operatorFlags where the operator finds applications, for a node in this namespace
   */
  Node(Path root, Function<TestNetns, List<String>> operatorFlags, List<String> agentFlags)
      throws IOException {
    this.root = root;
    manifests = Files.createDirectory(root.resolve("manifests"));
    Path logs = Files.createDirectory(root.resolve("logs"));
    daemon =
        service(
            logs,
            "daemon",
            "io.bpfman.loader.daemon.DaemonMain",
            "serving bpfman.v1",
            List.of("--runtime-dir", at("run"), "--socket-path", at("sock/bpfman.sock")));
    agent =
        service(
            logs,
            "agent",
            "io.bpfman.node.Main",
            " ready",
            with(
                agentFlags,
                "--node-name",
                "n1",
                "--socket-path",
                at("sock/bpfman.sock"),
                "--operator-key",
                at("operator/operator.pub"),
                "--state-dir",
                at("agent")));
    operator =
        service(
            logs,
            "operator",
            "io.bpfman.operator.Main",
            " ready",
            with(operatorFlags.apply(netns), "--state-dir", at("operator")));
  }

  private static List<String> with(List<String> more, String... arguments) {
    return Stream.concat(Stream.of(arguments), more.stream()).toList();
  }

  private JvmService service(
      Path logs, String name, String main, String ready, List<String> arguments) {
    return new JvmService(new JvmService.Spec(name, main, ready, arguments), netns, logs);
  }

  private String at(String relative) {
    return root.resolve(relative).toString();
  }

  void start() throws IOException {
    for (JvmService service : List.of(daemon, operator, agent)) {
      service.launch();
    }
    List.of(daemon, operator, agent).forEach(JvmService::awaitReady);
  }

  /** As a power cut: every process gone, with what lies in /run and in the kernel. */
  void powerOff() throws Exception {
    for (JvmService service : List.of(agent, operator, daemon)) {
      service.kill();
    }
    unmount();
    try (Stream<Path> files = Files.walk(root.resolve("run"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void unmount() throws Exception {
    new ProcessBuilder("umount", at("run/fs")).inheritIO().start().waitFor(10, TimeUnit.SECONDS);
  }

  /** Compiles one of k8s/samples. */
  Path sample(String name) {
    return sample(name, name);
  }

  /** The same with another name for the object. */
  Path sample(String name, String object) {
    Path source = Path.of(System.getProperty("bpfman.root"), "k8s/samples", name + ".c");
    return BpfCompiler.compile(source, root.resolve(object + ".o"));
  }

  /** Compiles a source text. */
  Path compiled(String name, String source) {
    return BpfCompiler.compile(root, name, source);
  }

  void apply(String application, String yaml) throws IOException {
    Path draft = Files.writeString(root.resolve("draft"), yaml);
    Files.move(draft, manifests.resolve(application + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** An application of the sample xdp_counter on this node's interface. */
  static String xdpCounter(Path object, int priority) {
    return xdpCounter(object, TestNetns.INTERFACE, priority);
  }

  /** The same on another interface. */
  static String xdpCounter(Path object, String device, int priority) {
    return """
    apiVersion: bpfman.io/v1alpha1
    kind: ClusterBpfApplication
    metadata:
      name: xdp
    spec:
      nodeSelector: {}
      byteCode:
        path: %s
      programs:
        - name: xdp_counter
          type: XDP
          xdp:
            links:
              - interfaceSelector: {interfaces: [%s]}
                priority: %d
    """
        .formatted(object, device, priority);
  }

  /** Waits for an edit that has gone through every process. */
  void awaitXdpPriority(int priority, Duration limit) {
    Awaitility.await("priority " + priority)
        .atMost(limit.toMillis(), TimeUnit.MILLISECONDS)
        .until(
            () ->
                links().stream()
                    .anyMatch(
                        link -> link.getAttach().getXdpAttachInfo().getPriority() == priority));
  }

  void delete(String application) throws IOException {
    Files.delete(manifests.resolve(application + ".yaml"));
  }

  /** Waits until the operator says that an application is in a state: Success, Error ... */
  void awaitCondition(String application, String condition, Duration limit) {
    Awaitility.await(application + " is " + condition)
        .atMost(limit.toMillis(), TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> org.junit.jupiter.api.Assertions.assertEquals(condition, condition(application)));
  }

  /** Empty without status. */
  String condition(String application) {
    return StatusReader.applications(manifests).stream()
        .filter(one -> one.getMetadata().getName().equals(application))
        .flatMap(one -> one.getStatus().getConditions().stream())
        .map(condition -> condition.getType())
        .collect(Collectors.joining(","));
  }

  String message(String application) {
    return StatusReader.applications(manifests).stream()
        .filter(one -> one.getMetadata().getName().equals(application))
        .flatMap(one -> one.getStatus().getConditions().stream())
        .map(condition -> condition.getMessage())
        .collect(Collectors.joining(" "));
  }

  /** Program id by function name. */
  Map<String, Integer> programs() {
    try (LoaderSession session = session()) {
      ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
      return session.call(loader -> loader.list(ours)).getResultsList().stream()
          .collect(
              Collectors.toMap(
                  result -> result.getInfo().getName(),
                  (ListResponse.ListResult result) -> result.getKernelInfo().getId()));
    }
  }

  List<Link> links() {
    try (LoaderSession session = session()) {
      return session
          .call(loader -> loader.listLinks(ListLinksRequest.getDefaultInstance()))
          .getLinksList();
    }
  }

  /** Sum of a sample's counter over all CPUs. */
  long count(String function, String map) {
    Integer program = programs().get(function);
    if (program == null) {
      return 0;
    }
    try (LoaderSession session = session()) {
      DumpMapRequest request =
          DumpMapRequest.newBuilder().setProgramId(program).setMapName(map).build();
      return session.call(loader -> loader.dumpMap(request)).getEntriesList().stream()
          .flatMap(entry -> entry.getValuesList().stream())
          .mapToLong(Node::firstLong)
          .sum();
    }
  }

  /** A path below the bpffs. */
  Path pin(String relative) {
    return root.resolve("run/fs").resolve(relative);
  }

  private static long firstLong(ByteString value) {
    return value.asReadOnlyByteBuffer().order(ByteOrder.nativeOrder()).getLong();
  }

  private LoaderSession session() {
    return new GrpcOpener(CALL_LIMIT)
        .open(LoaderOpener.target(Path.of(at("sock/bpfman.sock")), Path.of(at("run"))));
  }

  @Override
  public void close() throws Exception {
    for (JvmService service : List.of(agent, operator, daemon)) {
      service.close();
    }
    unmount();
    netns.close();
  }
}
