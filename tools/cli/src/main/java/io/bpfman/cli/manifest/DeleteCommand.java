package io.bpfman.cli.manifest;

import io.bpfman.cli.CliContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman delete}. */
@Command(
    name = "delete",
    description = "Removes applications; their programs go when the operator has seen it.")
public final class DeleteCommand implements Callable<Integer> {
  private final CliContext context;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = "--ignore-missing",
      description = "An application that does not exist is no failure.")
  private boolean ignoreMissing;

  public DeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ManifestActions actions = new ManifestActions(context, System.in);
    List<String> names = which.names.isEmpty() ? actions.namesIn(which.sources) : which.names;
    return actions.delete(names, ignoreMissing);
  }

  /** Either names or manifests. */
  static final class Which {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of applications.")
    private List<String> names = List.of();

    @Option(
        names = {"-f", "--filename"},
        paramLabel = "FILE|DIR|-",
        description = "Manifests that name them; may be repeated.")
    private List<String> sources = List.of();
  }
}
