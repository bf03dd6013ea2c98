package io.bpfman.demo;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The script that runs a Kubernetes API server for as long as its input is open, and so not longer
 * than this process. One thread.
 */
final class ControlPlane {
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration START_LIMIT = Duration.ofSeconds(120);
  private static final int STOP_SECONDS = 30;
  private static final int LOG_LINES = 5;

  private final List<String> command;
  private final Path log;
  private final StopSignal stop;
  private @Nullable Process script;

  /**
   * @param log its words are appended to it
   * @param stop ends the wait for the start
   */
  ControlPlane(List<String> command, Path log, StopSignal stop) {
    this.command = List.copyOf(command);
    this.log = log;
    this.stop = stop;
  }

  /** Returns when it answers. START_REFUSED, with its last words, when it does not in 120 s. */
  void start() throws IOException {
    // A session of its own: Ctrl-C on the terminal must not reach it before the applications are
    // removed.
    List<String> words = new ArrayList<>(List.of("setsid", "--wait"));
    words.addAll(command);
    Process started =
        new ProcessBuilder(words)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    script = started;
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (started.getInputStream().available() == 0) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw FailureCode.START_REFUSED.because(
            "the control plane did not start: " + lastWords(), "make kube-up says more");
      }
      stop.pause(TICK);
    }
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  /** Ends it; START_REFUSED when it does not within 30 s. Idempotent. */
  void close() {
    Process running = script;
    script = null;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw FailureCode.START_REFUSED.because(
            "the control plane does not end within %d s".formatted(STOP_SECONDS));
      }
    } catch (IOException failed) {
      throw FailureCode.START_REFUSED.because("the control plane cannot be ended", "", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
