package io.bpfman.bench.kube;

import io.bpfman.bench.JavaProcess;
import io.bpfman.bench.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The operator as its launcher starts it. */
record OperatorProcess(int number, Process process, Path log) implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  /** Of Kubernetes, from SIGTERM to SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Pattern USED = Pattern.compile("total +\\d+K, used (\\d+)K");
  private static final double KB_PER_MB = 1024;

  /** Where it runs and whom it joins. */
  record Place(Path launcher, ControlPlane plane, Path state, String cluster, List<Integer> ports) {
    List<String> members() {
      return ports.stream().map(port -> "127.0.0.1:" + port).toList();
    }
  }

  /**
   * Returns when it says that it is ready.
   *
   * @param number which of the ports is its own
   */
  static OperatorProcess start(Place place, int number) throws IOException {
    String identity = identity(number);
    Path log = place.state().resolveSibling("operator-" + number + ".log");
    List<String> command = new ArrayList<>(List.of(place.launcher().toString(), "--kubernetes"));
    command.addAll(List.of("--kubeconfig", place.plane().kubeconfig().toString()));
    command.addAll(List.of("--namespace", Cluster.NAMESPACE, "--lease-identity", identity));
    command.addAll(List.of("--state-dir", place.state().toString()));
    // Two operators on one host would want the same ports.
    for (String endpoint : List.of("webhook", "health-probe", "metrics")) {
      command.addAll(List.of("--" + endpoint + "-bind-address", "0"));
    }
    command.addAll(List.of("--cluster-name", place.cluster()));
    command.addAll(List.of("--cluster-port", place.ports().get(number).toString()));
    command.addAll(List.of("--cluster-members", String.join(",", place.members())));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    OperatorProcess started = new OperatorProcess(number, process, log);
    Waiting.until(
        "start of " + identity,
        START_LIMIT,
        () -> started.said("bpfman-operator ready") || !process.isAlive(),
        started::words);
    if (!process.isAlive()) {
      throw new IOException(identity + " ended: " + started.words());
    }
    return started;
  }

  private static String identity(int number) {
    return "bench-" + number;
  }

  /** Whether the Lease names this process, or an earlier one in its place. */
  boolean isHolder(String holder) {
    return holder.startsWith(identity(number) + "_");
  }

  boolean said(String text) {
    return words().contains(text);
  }

  String words() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  Memory memory() throws IOException {
    return Memory.of(process.pid());
  }

  /** Live objects in MB, after a full collection. */
  double liveHeap() throws IOException, InterruptedException {
    jcmd("GC.run");
    return USED.matcher(jcmd("GC.heap_info"))
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .sum()
        / KB_PER_MB;
  }

  private String jcmd(String what) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asked =
        new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), what)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd %s: %s".formatted(what, answer));
    }
    return answer;
  }

  /** As a machine that loses power: SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
  }

  /**
   * As a rollout of the Deployment: SIGTERM. Returns when the process has ended.
   *
   * @throws IOException it did not end by itself
   */
  void terminate() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException(
          "%s did not end within %d s of SIGTERM".formatted(identity(number), GRACE.toSeconds()));
    }
  }

  @Override
  public void close() throws InterruptedException {
    JavaProcess.stop(process);
  }
}
