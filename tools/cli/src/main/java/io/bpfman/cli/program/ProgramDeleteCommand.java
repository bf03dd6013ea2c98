package io.bpfman.cli.program;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.Deletion;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman program delete}: programs with their links. */
@Command(name = "delete", hidden = true, description = "Detaches and unloads programs.")
final class ProgramDeleteCommand implements Callable<Integer> {
  private final CliContext context;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = {"-r", "--recursive"},
      description = "Also deletes programs that use their maps (map_owner_id).")
  private boolean recursive;

  ProgramDeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      Deletion deletion = new Deletion(session, recursive || which.all);
      List<Integer> ids = which.all ? deletion.everything() : deletion.ordered(which.ids);
      return new Batch(context, "program", "deleted").run(ids, Set.of(), deletion::program);
    }
  }

  /** Exactly one of both. */
  static final class Which {
    @Parameters(
        arity = "1..*",
        paramLabel = "ID",
        converter = UnsignedId.class,
        description = "Program ids.")
    private List<Integer> ids = List.of();

    @Option(names = "--all", description = "All programs of the daemon.")
    private boolean all;
  }
}
