package io.bpfman.demo;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process that is kept running. One thread. */
final class Service {
  private final String name;
  private final List<String> command;
  private final Path log;
  private @Nullable Process process;

  /**
   * @param log both streams are appended to it
   */
  Service(String name, List<String> command, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  /** START_REFUSED when it cannot be started at all. */
  void start() {
    List<String> words = new ArrayList<>(List.of("setsid"));
    words.addAll(command);
    try {
      // A session of its own: Ctrl-C on the terminal must not reach it before its programs are
      // removed.
      process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
    } catch (IOException failed) {
      throw FailureCode.START_REFUSED.because("cannot start the " + name, "", failed);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** 0 before the first start. */
  long pid() {
    return process == null ? 0 : process.pid();
  }

  /** How it ended, for a person. */
  String ending() {
    if (process == null || process.isAlive()) {
      return "running";
    }
    int code = process.exitValue();
    return code > 128 ? "killed by signal " + (code - 128) : "exit code " + code;
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits, then SIGKILL. Whether it ended by itself. */
  boolean awaitEnd(long seconds) {
    if (process == null) {
      return true;
    }
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return true;
      }
      process.destroyForcibly().waitFor(seconds, TimeUnit.SECONDS);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return false;
    }
  }

  /** Whether its log holds {@code text}. */
  boolean hasLogged(String text) {
    return String.join("\n", logTail(Integer.MAX_VALUE)).contains(text);
  }

  /** The last lines of its log; none before it wrote any. */
  List<String> logTail(int lines) {
    if (!Files.exists(log)) {
      return List.of();
    }
    try {
      List<String> all =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException unreadable) {
      return List.of("cannot read " + log + ": " + unreadable.getMessage());
    }
  }
}
