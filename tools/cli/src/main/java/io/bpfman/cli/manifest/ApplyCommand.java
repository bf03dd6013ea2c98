package io.bpfman.cli.manifest;

import io.bpfman.cli.CliContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfman apply}. */
@Command(
    name = "apply",
    description = "Checks manifests and puts them where the operator of this host finds them.")
public final class ApplyCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Manifests; may be repeated. Nothing is written unless all are valid.")
  private List<String> sources = List.of();

  public ApplyCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    new ManifestActions(context, System.in).apply(sources);
    return 0;
  }
}
