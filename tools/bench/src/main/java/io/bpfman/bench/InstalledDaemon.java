package io.bpfman.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The daemon started by its launcher; closing stops it. */
final class InstalledDaemon implements AutoCloseable {
  /** Class loading and compiling after the start have ended by then. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Finer than what is measured. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

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
  static InstalledDaemon start(Path home, Path directory) throws IOException {
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
    // A file, not a pipe: a pipe that nobody reads any more would stop the daemon when it is full.
    Path log = directory.resolve("installed.log");
    command.redirectError(log.toFile());
    long start = System.nanoTime();
    Process process = command.start();
    while (process.isAlive()) {
      if (Files.readString(log).contains("serving bpfman.v1")) {
        return new InstalledDaemon(process, launcher, socket, (System.nanoTime() - start) / 1e3);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    throw new IOException("the daemon ended before it was ready: " + Files.readString(log));
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
    long start = System.nanoTime();
    Process list =
        new ProcessBuilder(
                launcher.toString(), "--socket-path", socket.toString(), "program", "list")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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
