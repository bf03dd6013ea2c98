package io.bpfman.demo;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the system. */
final class Shell {
  private static final int LIMIT_SECONDS = 30;
  private static final String SEARCHED =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private Shell() {}

  /** Whether a program of that name is installed. */
  static boolean has(String program) {
    return List.of(SEARCHED.split(":")).stream()
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /**
   * What it printed on both streams. START_REFUSED, with what it printed, when it fails or takes
   * more than 30 s.
   */
  static String run(String... command) {
    Result result = execute(command);
    if (result.code() != 0) {
      throw FailureCode.START_REFUSED.because(
          "`%s` failed (%d): %s"
              .formatted(String.join(" ", command), result.code(), result.output().strip()));
    }
    return result.output();
  }

  private record Result(int code, String output) {}

  private static Result execute(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, "no end within %d s".formatted(LIMIT_SECONDS));
      }
      return new Result(process.exitValue(), output);
    } catch (IOException failed) {
      throw FailureCode.START_REFUSED.because(
          "cannot run " + command[0], "is it installed?", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StopSignal.StoppedException();
    }
  }
}
