package io.bpfman.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The daemon started by its launcher; closing stops it. */
final class InstalledDaemon implements AutoCloseable {
  /** Class loading and compiling after the start have ended by then. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long START_LIMIT_SECONDS = 30;

  private final Process process;
  private final Path launcher;
  private final Path socket;
  private final double readyMicros;

  private InstalledDaemon(Process process, Path launcher, Path socket, double readyMicros) {
    this.process = process;
    this.launcher = launcher;
    this.socket = socket;
    this.readyMicros = readyMicros;
  }

  /** Returns when it says that it serves. */
  static InstalledDaemon start(Path home, Path directory) throws IOException, InterruptedException {
    Path launcher = home.resolve("bin/bpfman");
    Path socket = directory.resolve("installed.sock");
    ProcessBuilder command =
        new ProcessBuilder(
            launcher.toString(),
            "serve",
            "--runtime-dir",
            directory.resolve("daemon").toString(),
            "--socket-path",
            socket.toString());
    Process process = command.start();
    // From when the launcher runs: how long this JVM takes to make a process is not the daemon's.
    long start = System.nanoTime();
    CompletableFuture<Double> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process.errorReader(), start, ready));
    try {
      double micros = ready.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
      return new InstalledDaemon(process, launcher, socket, micros);
    } catch (ExecutionException | TimeoutException notReady) {
      process.destroyForcibly();
      throw new IOException("the daemon did not become ready", notReady);
    }
  }

  /** Reads to the end: a pipe that nobody reads any more would stop the daemon when it is full. */
  private static void follow(BufferedReader words, long start, CompletableFuture<Double> ready) {
    StringBuilder said = new StringBuilder();
    try {
      for (String line = words.readLine(); line != null; line = words.readLine()) {
        if (line.contains("serving bpfman.v1")) {
          ready.complete((System.nanoTime() - start) / 1e3);
        }
        said.append(line).append('\n');
      }
      ready.completeExceptionally(new IOException("it ended: " + said));
    } catch (IOException broken) {
      ready.completeExceptionally(broken);
    }
  }

  Path socket() {
    return socket;
  }

  double readyMicros() {
    return readyMicros;
  }

  /** After it has been left alone for a second. */
  Memory memory() throws IOException {
    LockSupport.parkNanos(IDLE_NANOS);
    return Memory.of(process.pid());
  }

  /** Time that {@code bpfman program list} takes. */
  double listMicros() throws IOException, InterruptedException {
    Process list =
        new ProcessBuilder(
                launcher.toString(), "--socket-path", socket.toString(), "program", "list")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long start = System.nanoTime();
    int code = list.waitFor();
    if (code != 0) {
      throw new IOException("program list ended with " + code);
    }
    return (System.nanoTime() - start) / 1e3;
  }

  @Override
  public void close() throws InterruptedException {
    JavaProcess.stop(process);
  }
}
