package io.bpfman.testkit.kube;

import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running tools/kube/control-plane.sh. It stops when its input ends, so it does not outlive this
 * JVM; closing waits for that.
 *
 * @param directory has kubeconfig, kubectl and the logs
 * @param prefix words before every command that is to reach it
 */
public record ControlPlane(Process script, Path directory, List<String> prefix)
    implements AutoCloseable {
  /** The servers get 5 s each before they are killed. */
  private static final long STOP_SECONDS = 30;

  /** On the loopback of this process's network namespace. */
  static ControlPlane start() {
    return start(List.of());
  }

  /** On the loopback of another network namespace, where nothing else reaches it. */
  public static ControlPlane startIn(TestNetns netns) {
    return start(List.of("nsenter", "--net=" + netns.path()));
  }

  private static ControlPlane start(List<String> prefix) {
    try {
      Path directory = Files.createTempDirectory("bpfman-kube-").toRealPath();
      Path program = Path.of(System.getProperty("bpfman.root"), "tools/kube/control-plane.sh");
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of(program.toString(), "hold", directory.toString()));
      Process script =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      ControlPlane started = new ControlPlane(script, directory, List.copyOf(prefix));
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Credentials of an administrator and the server's address. */
  public Path kubeconfigFile() {
    return directory.resolve("kubeconfig");
  }

  /** Output of kubectl as administrator; IllegalStateException with its words when it fails. */
  public String kubectl(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(directory.resolve("kubectl").toString());
    command.addAll(List.of("--kubeconfig", kubeconfigFile().toString()));
    // Not in the home directory, where it would stay.
    command.addAll(List.of("--cache-dir", directory.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    return Commands.run(command.toArray(String[]::new));
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
