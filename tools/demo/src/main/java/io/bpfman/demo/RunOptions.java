package io.bpfman.demo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Flags of {@code bpfman-demo}. */
@Command(
    name = "bpfman-demo",
    mixinStandardHelpOptions = true,
    description = "Runs daemon, operator and agent on this host, with samples and real packets.")
final class RunOptions {
  @Option(
      names = "--once",
      description =
          "Ends when every application is up and every counter rose; fails after --timeout.")
  private boolean once;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest wait of --once, from 1 (default ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Option(
      names = "--keep-logs",
      paramLabel = "DIR",
      description = "Copies the logs there at the end.")
  private @Nullable Path keepLogs;

  @Option(
      names = "--distribution",
      paramLabel = "DIR",
      defaultValue = "tools/cli/target/bpfman",
      description = "Holds bin with all programs (default ${DEFAULT-VALUE}).")
  private Path distribution = Path.of("");

  @Option(
      names = "--samples",
      paramLabel = "DIR",
      defaultValue = "k8s/samples",
      description = "Sources and manifests of the samples (default ${DEFAULT-VALUE}).")
  private Path samples = Path.of("");

  @Option(
      names = "--kube",
      description = "Applies the samples to a Kubernetes API server of its own (needs Go).")
  private boolean kube;

  @Option(
      names = "--control-plane",
      paramLabel = "FILE",
      defaultValue = "tools/kube/control-plane.sh",
      description = "With --kube: the script that runs it (default ${DEFAULT-VALUE}).")
  private Path controlPlane = Path.of("");

  @Option(
      names = "--crds",
      paramLabel = "DIR",
      defaultValue = "k8s/crd",
      description = "With --kube: our kinds (default ${DEFAULT-VALUE}).")
  private Path crds = Path.of("");

  @Option(
      names = "--node-name",
      defaultValue = "demo-node",
      description = "Default ${DEFAULT-VALUE}.")
  private String nodeName = "";

  boolean once() {
    return once;
  }

  int timeoutSeconds() {
    return timeoutSeconds;
  }

  @Nullable Path keepLogs() {
    return keepLogs;
  }

  /** Absolute. */
  Path distribution() {
    return distribution.toAbsolutePath();
  }

  Path samples() {
    return samples;
  }

  boolean kube() {
    return kube;
  }

  Path controlPlane() {
    return controlPlane;
  }

  Path crds() {
    return crds;
  }

  String nodeName() {
    return nodeName;
  }
}
