package io.bpfman.testkit.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A running tools/peer/gobpfman.sh, which is built at its first use. It ends with its input, so it
 * does not outlive this JVM.
 */
final class GoProgram implements AutoCloseable {
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  private GoProgram(Process process) {
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static GoProgram start(String word, Path socket) {
    Path script = Path.of(System.getProperty("bpfman.root"), "tools/peer/gobpfman.sh");
    try {
      return new GoProgram(
          new ProcessBuilder(script.toString(), word, socket.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String line) {
    try {
      input.write(line);
      input.newLine();
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next line of output; blocks until there is one. */
  String read() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("gobpfman-peer ended; standard error says why");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      input.close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "gobpfman-peer did not end within %d s".formatted(STOP_SECONDS));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
