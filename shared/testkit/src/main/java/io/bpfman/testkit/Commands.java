package io.bpfman.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs other programs, for at most one minute each; one that takes longer is killed and counts as
 * failed.
 */
public final class Commands {
  private static final long LIMIT_SECONDS = 60;

  private Commands() {}

  /** What the command printed on both streams; IllegalStateException when it failed. */
  public static String run(String... command) {
    Outcome outcome = execute(command);
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s"
              .formatted(Arrays.toString(command), outcome.status(), outcome.output()));
    }
    return outcome.output();
  }

  /** For clean-up: a failing command is only told by the answer. */
  public static boolean tryRun(String... command) {
    return execute(command).status() == 0;
  }

  static String[] concat(String[] first, String... second) {
    return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(String[]::new);
  }

  private record Outcome(int status, String output) {}

  private static Outcome execute(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      process
          .onExit()
          .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
          .exceptionally(late -> process.destroyForcibly());
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }
}
