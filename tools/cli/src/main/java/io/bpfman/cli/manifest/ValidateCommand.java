package io.bpfman.cli.manifest;

import io.bpfman.cli.CliContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bpfman validate}. */
@Command(
    name = "validate",
    description = "Checks manifests, also of kinds that only a cluster takes; changes nothing.")
public final class ValidateCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE|DIR|-",
      description = "Manifests; may be repeated.")
  private List<String> sources = List.of();

  public ValidateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    new ManifestActions(context, System.in).validate(sources);
    return 0;
  }
}
