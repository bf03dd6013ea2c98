package io.bpfman.cli.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Flags of {@code bpfman-run}. */
@Command(
    name = "bpfman-run",
    mixinStandardHelpOptions = true,
    description =
        "Runs daemon, operator, agent and loader bridge on this host, with samples and real packets.")
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
      names = "--samples",
      paramLabel = "DIR",
      defaultValue = "k8s/samples",
      description = "Sources and manifests of the samples (default ${DEFAULT-VALUE}).")
  private Path samples = Path.of("");

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

  Path samples() {
    return samples;
  }

  String nodeName() {
    return nodeName;
  }
}
