package io.bpfman.testkit.cluster;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with the class path of the test; closing kills it. Its output, both streams as one,
 * is kept by line.
 */
public final class JavaProcess implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx96m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private JavaProcess(Process process) {
    this.process = process;
  }

  public static JavaProcess start(Class<?> main, String... arguments) {
    return startIn(List.of(), main, arguments);
  }

  /**
   * @param prefix of the command line, which executes what follows it in its own place
   */
  public static JavaProcess startIn(List<String> prefix, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(java());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      JavaProcess started = new JavaProcess(process);
      Thread.ofVirtual().start(started::readAll);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Lines so far that contain {@code text}. */
  public long count(String text) {
    return lines.stream().filter(line -> line.contains(text)).count();
  }

  /** All lines so far, for a failure message. */
  public String output() {
    return String.join("\n", lines);
  }

  /** SIGKILL, and waits until it is gone. */
  public void kill() {
    process.toHandle().destroyForcibly();
    exits(Duration.ofSeconds(10));
  }

  /** SIGTERM; true when it ends within {@code limit}. */
  public boolean terminate(Duration limit) {
    // Through the handle: Process.destroy would close the stream that is being read.
    process.toHandle().destroy();
    return exits(limit);
  }

  @Override
  public void close() {
    kill();
  }

  private boolean exits(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for process " + pid(), e);
    }
  }

  private void readAll() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  private static String java() {
    return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
  }
}
