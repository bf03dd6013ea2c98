package io.bpfman.bench.kube;

import io.bpfman.runtime.cluster.ClusterConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import picocli.CommandLine;

/**
 * Runs all steps in one cluster, prints a line for each. Exit code 1 when a bound on writes is
 * broken or a state is wrong, never because something took long.
 */
public final class KubeBenchMain {
  private static final int USAGE = 2;

  private final BenchOptions options;
  private final ControlPlane plane;
  private final ConcurrentLinkedDeque<OperatorProcess> operators = new ConcurrentLinkedDeque<>();

  private KubeBenchMain(BenchOptions options, ControlPlane plane) {
    this.options = options;
    this.plane = plane;
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    BenchOptions options = new BenchOptions();
    CommandLine command = new CommandLine(options);
    try {
      command.parseArgs(arguments);
    } catch (CommandLine.ParameterException misused) {
      System.err.println(misused.getMessage());
      System.exit(USAGE);
    }
    System.exit(run(options));
  }

  private static int run(BenchOptions options) {
    try (ControlPlane plane = ControlPlane.start(options.root(), options.work().resolve("kube"))) {
      KubeBenchMain bench = new KubeBenchMain(options, plane);
      Thread killer = Thread.ofPlatform().unstarted(bench::killOperators);
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        return bench.run();
      } finally {
        bench.stopOperators();
      }
    } catch (Exception failed) {
      System.err.println("kube benchmark: " + failed.getMessage());
      return 1;
    }
  }

  /** Nothing outlives this process, however it ends. */
  private void killOperators() {
    operators.forEach(operator -> operator.process().destroyForcibly());
  }

  private void stopOperators() throws InterruptedException {
    for (OperatorProcess operator : operators) {
      operator.close();
    }
  }

  private int run() throws Exception {
    plane.kubectl("apply", "--server-side", "-f", options.root().resolve("k8s/crd").toString());
    plane.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", "--all");
    try (Cluster cluster = new Cluster(plane.kubeconfig())) {
      cluster.createNodes(0, 1);
      List<Integer> ports = freePorts(2);
      Path state = Files.createDirectory(options.work().resolve("state"));
      OperatorProcess.Place place =
          new OperatorProcess.Place(
              options.root().resolve("tools/cli/target/bpfman/bin/bpfman-operator"),
              plane,
              state,
              "bench-kube-" + ProcessHandle.current().pid(),
              ports);
      OperatorProcess operator = start(place, 0);
      SimulatedNodes nodes = new SimulatedNodes();
      nodes.join(
          new ClusterConfig(place.cluster(), "127.0.0.1", null, 0, place.members(), false),
          state.resolve("operator.pub"));
      nodes.add(List.of(Cluster.node(0)));
      Scene scene = new Scene(cluster, nodes, operator, KubeBenchMain::print);
      steps(scene, place);
      return report(scene);
    }
  }

  private OperatorProcess start(OperatorProcess.Place place, int number) throws IOException {
    OperatorProcess operator = OperatorProcess.start(place, number);
    operators.add(operator);
    return operator;
  }

  private void steps(Scene scene, OperatorProcess.Place place) throws Exception {
    RolloutSteps rollouts = new RolloutSteps(scene);
    TroubleSteps troubles = new TroubleSteps(scene);
    LeaderSteps leaders = new LeaderSteps(scene, number -> start(place, number));
    rollouts.latency();
    scene.cluster().createNodes(1, options.nodes());
    scene.nodes().add(IntStream.range(1, options.nodes()).mapToObj(Cluster::node).toList());
    Waiting.pause(SimulatedNodes.HEARTBEAT);
    System.out.printf("-- %d nodes%n", scene.size());
    rollouts.apply();
    rollouts.update();
    troubles.constantFailure(options.failingSeconds());
    troubles.changingFailure(options.failingSeconds());
    rollouts.many(options.applications());
    rollouts.deleteMany(options.applications());
    troubles.foreignObjects(options.configMaps());
    leaders.dies(3);
    leaders.restarts();
    leaders.restartsInUpdate(4);
    rollouts.delete();
  }

  private static void print(Row row) {
    System.out.println(row.describe());
  }

  private int report(Scene scene) throws IOException {
    if (options.json().isPresent()) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("nodes", scene.size());
      all.put("steps", scene.rows().stream().map(Row::asMap).toList());
      Files.writeString(options.json().get(), scene.cluster().json(all) + "\n");
    }
    List<Row> wrong = scene.rows().stream().filter(row -> !row.wrong().isEmpty()).toList();
    wrong.forEach(row -> System.out.printf("WRONG in \"%s\": %s%n", row.step(), row.wrong()));
    return wrong.isEmpty() ? 0 : 1;
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
