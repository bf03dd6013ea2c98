package io.bpfman.loader.daemon;

import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A daemon in a process of its own, on a directory of its own. Closing it unmounts what it mounted.
 */
final class DaemonProcess implements AutoCloseable {
  /** The kernel puts maps.debug and progs.debug into every bpffs. */
  private static final String DEBUG_FILE = ".debug";

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Optional<Process> process = Optional.empty();

  /** Does not start it yet. */
  DaemonProcess(Path directory) {
    this.directory = directory;
  }

  Path runtimeDir() {
    return directory.resolve("run");
  }

  Path socket() {
    return directory.resolve("sock/bpfman.sock");
  }

  Path pin(String relative) {
    return runtimeDir().resolve("fs").resolve(relative);
  }

  /** For the next start. */
  void environment(String name, String value) {
    environment.put(name, value);
  }

  /** Answers when the socket listens. */
  DaemonProcess start(String... more) throws IOException {
    return startBehind(List.of(), more);
  }

  /**
   * As {@link #start}.
   *
   * @param prefix a command that runs it
   */
  DaemonProcess startBehind(List<String> prefix, String... more) throws IOException {
    Process started = launch(prefix, List.of(more));
    process = Optional.of(started);
    Awaitility.await("daemon listens")
        .atMost(120, TimeUnit.SECONDS)
        .failFast(() -> !started.isAlive())
        .until(() -> log().contains("serving bpfman.v1"));
    return this;
  }

  /** Starts it through another command; answers when its socket is there. */
  DaemonProcess startThrough(List<String> prefix, String... more) throws IOException {
    Process started = launch(prefix, List.of(more));
    process = Optional.of(started);
    Awaitility.await("daemon listens")
        .atMost(120, TimeUnit.SECONDS)
        .failFast(() -> !started.isAlive())
        .until(() -> Files.exists(socket()));
    return this;
  }

  /**
   * Starts it with other rights and does not wait.
   *
   * @param prefix a command that runs it; empty: as it is
   */
  Process launch(String... prefix) throws IOException {
    return launch(List.of(prefix), List.of());
  }

  private Process launch(List<String> prefix, List<String> more) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            // What a killed JVM has unpacked goes with the directory.
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            DaemonMain.class.getName(),
            "--runtime-dir",
            runtimeDir().toString(),
            "--socket-path",
            socket().toString()));
    command.addAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(logFile().toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private Path logFile() {
    return directory.resolve("daemon.log");
  }

  /** Of the latest start. */
  String log() throws IOException {
    return Files.exists(logFile()) ? Files.readString(logFile()) : "";
  }

  void kill() throws InterruptedException {
    Process running = process.orElseThrow();
    running.destroyForcibly();
    running.waitFor(10, TimeUnit.SECONDS);
  }

  /** SIGTERM; the exit code. */
  int terminate() throws InterruptedException {
    Process running = process.orElseThrow();
    running.destroy();
    if (!running.waitFor(5, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the daemon did not end within 5 s of SIGTERM");
    }
    return running.exitValue();
  }

  /** SIGSTOP; the process keeps its sockets and does nothing. */
  void pause() {
    Commands.run("kill", "-STOP", Long.toString(pid()));
  }

  /** SIGCONT. */
  void resume() {
    Commands.run("kill", "-CONT", Long.toString(pid()));
  }

  long pid() {
    return process.orElseThrow().pid();
  }

  boolean isAlive() {
    return process.orElseThrow().isAlive();
  }

  /** Number of open descriptors. */
  int descriptors() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
      return (int) entries.count();
    }
  }

  /** Proportional share of memory, KiB. */
  long pssKib() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid()), "smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /** What /proc says that the process holds open of bpf. */
  List<String> bpfDescriptors() throws IOException {
    return descriptors("bpf-");
  }

  /** Those whose target has {@code text} in it. */
  List<String> descriptors(String text) throws IOException {
    List<String> found = new ArrayList<>();
    Path descriptors = Path.of("/proc", Long.toString(process.orElseThrow().pid()), "fd");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptors)) {
      for (Path entry : entries) {
        readLink(entry).filter(target -> target.contains(text)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Whether a thread of this name lives; the kernel keeps its first 15 bytes. */
  boolean hasThread(String name) throws IOException {
    Path tasks = Path.of("/proc", Long.toString(process.orElseThrow().pid()), "task");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(tasks)) {
      for (Path entry : entries) {
        if (nameOf(entry).equals(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A thread may end between listing and reading it. */
  private static String nameOf(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException ended) {
      return "";
    }
  }

  /** A descriptor may be closed between listing and reading it. */
  private static Optional<String> readLink(Path entry) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(entry).toString());
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Names of all pins, as paths below the bpffs. */
  List<String> pins() throws IOException {
    Path root = runtimeDir().resolve("fs");
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(DEBUG_FILE))
          .map(pin -> root.relativize(pin).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws Exception {
    if (process.map(Process::isAlive).orElse(false)) {
      kill();
    }
    new ProcessBuilder("umount", runtimeDir().resolve("fs").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("umount.log").toFile())
        .start()
        .waitFor(10, TimeUnit.SECONDS);
  }
}
