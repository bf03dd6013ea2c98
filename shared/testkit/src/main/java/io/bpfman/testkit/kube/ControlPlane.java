package io.bpfman.testkit.kube;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running tools/kube/control-plane.sh. It stops when its input ends, so it does not outlive this
 * JVM; closing waits for that.
 *
 * @param directory has kubeconfig, kubectl and the logs
 */
record ControlPlane(Process script, Path directory) implements AutoCloseable {
  /** The servers get 5 s each before they are killed. */
  private static final long STOP_SECONDS = 30;

  static ControlPlane start() {
    try {
      Path directory = Files.createTempDirectory("bpfman-kube-").toRealPath();
      Path program = Path.of(System.getProperty("bpfman.root"), "tools/kube/control-plane.sh");
      Process script =
          new ProcessBuilder(program.toString(), "hold", directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      ControlPlane started = new ControlPlane(script, directory);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads its only line of output; the script has its own time limits. */
  private void awaitReady() throws IOException {
    BufferedReader output = script.inputReader(StandardCharsets.UTF_8);
    @Nullable String line = output.readLine();
    if (line == null || !line.startsWith("ready ")) {
      close();
      throw new IllegalStateException(
          "no Kubernetes control plane; tools/kube/control-plane.sh said why on standard error");
    }
  }

  @Override
  public void close() {
    try {
      script.getOutputStream().close();
      if (!script.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        script.destroy();
        throw new IllegalStateException(
            "the control plane in " + directory + " does not stop; its script was ended");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the control plane stops", e);
    }
  }
}
