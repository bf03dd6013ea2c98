package io.bpfman.bench.kube;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Flags of the benchmark. */
@Command(name = "run-kube.sh", mixinStandardHelpOptions = true)
final class BenchOptions {
  @Option(names = "--root", required = true, description = "Directory of the sources.")
  private Path root = Path.of("");

  @Option(
      names = "--work",
      required = true,
      description = "Empty directory; the caller removes it.")
  private Path work = Path.of("");

  @Option(
      names = "--nodes",
      defaultValue = "1000",
      description = "Simulated nodes, from 3 (default ${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--applications",
      defaultValue = "10",
      description = "Applied at once, from 1 (default ${DEFAULT-VALUE}).")
  private int applications;

  @Option(
      names = "--config-maps",
      defaultValue = "5000",
      description = "Objects that are none of the operator's business (default ${DEFAULT-VALUE}).")
  private int configMaps;

  @Option(
      names = "--failing-seconds",
      defaultValue = "30",
      description = "How long one node fails (default ${DEFAULT-VALUE}).")
  private int failingSeconds;

  @Option(names = "--json", description = "Writes the figures there too.")
  private @Nullable Path json;

  Path root() {
    return root;
  }

  Path work() {
    return work;
  }

  int nodes() {
    return Math.max(3, nodes);
  }

  int applications() {
    return Math.max(1, applications);
  }

  int configMaps() {
    return configMaps;
  }

  int failingSeconds() {
    return failingSeconds;
  }

  Optional<Path> json() {
    return Optional.ofNullable(json);
  }
}
