package io.bpfman.bench.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running tools/kube/control-plane.sh; it stops when its input, and so this process, ends. */
record ControlPlane(Process script, Path directory) implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  static ControlPlane start(Path root, Path directory) throws IOException {
    Process script =
        new ProcessBuilder(
                root.resolve("tools/kube/control-plane.sh").toString(),
                "hold",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = script.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith("ready ")) {
      throw new IOException("no control plane; its script said why");
    }
    return new ControlPlane(script, directory);
  }

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  void kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(directory.resolve("kubectl").toString());
    command.addAll(List.of("--kubeconfig", kubeconfig().toString()));
    command.addAll(List.of("--cache-dir", directory.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    Process kubectl = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words =
        new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (kubectl.waitFor() != 0) {
      throw new IOException("kubectl %s: %s".formatted(String.join(" ", arguments), words));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    script.getOutputStream().close();
    if (!script.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      script.destroy();
      throw new IOException("the control plane in %s did not stop".formatted(directory));
    }
  }
}
