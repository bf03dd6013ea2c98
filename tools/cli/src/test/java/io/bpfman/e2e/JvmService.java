package io.bpfman.e2e;

import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One JVM inside the node's network namespace; can be killed and started again. */
final class JvmService implements AutoCloseable {
  private final String name;
  private final String main;
  private final String readyText;
  private final List<String> arguments;
  private final TestNetns netns;
  private final Path log;
  private Optional<Process> process = Optional.empty();

  /**
   * @param readyText appears in the log when it works
   */
  JvmService(Spec spec, TestNetns netns, Path logs) {
    this.name = spec.name();
    this.main = spec.main();
    this.readyText = spec.readyText();
    this.arguments = spec.arguments();
    this.netns = netns;
    this.log = logs.resolve(name + ".log");
  }

  record Spec(String name, String main, String readyText, List<String> arguments) {}

  void launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--net=" + netns.path(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                // What a killed JVM has unpacked goes with the directory.
                "-Djava.io.tmpdir=" + log.getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(arguments);
    process =
        Optional.of(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
  }

  void awaitReady() {
    Process started = process.orElseThrow();
    Awaitility.await(name + " is ready")
        .atMost(40, TimeUnit.SECONDS)
        .failFast(() -> !started.isAlive())
        .until(() -> Files.readString(log).contains(readyText));
  }

  /** SIGKILL, then a new process. Answers when the new one is ready. */
  void killAndRestart() throws Exception {
    kill();
    launch();
    awaitReady();
  }

  void kill() throws InterruptedException {
    Process running = process.orElseThrow();
    running.destroyForcibly();
    running.waitFor(10, TimeUnit.SECONDS);
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    if (process.map(Process::isAlive).orElse(false)) {
      kill();
    }
  }
}
