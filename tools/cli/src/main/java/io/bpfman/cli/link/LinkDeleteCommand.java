package io.bpfman.cli.link;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.model.FailureCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link delete}: bpfman's other word for detach, kept for scripts. */
@Command(name = "delete", hidden = true, description = "Detaches links.")
final class LinkDeleteCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Link ids.")
  private List<Integer> ids = List.of();

  @Option(
      names = {"-r", "--recursive"},
      description = "Changes nothing: a dispatcher without members goes anyway.")
  private boolean recursive;

  LinkDeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      return new Batch(context, "link", "deleted")
          .run(ids, FailureCode.INTERNAL, id -> DetachCommand.detach(session, id));
    }
  }

  @Override
  public String toString() {
    return "delete links %s%s".formatted(ids, recursive ? " recursively" : "");
  }
}
