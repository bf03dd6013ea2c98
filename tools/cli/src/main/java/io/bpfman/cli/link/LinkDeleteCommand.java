package io.bpfman.cli.link;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.Deletion;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link delete}: links, and programs that have none any more. */
@Command(
    name = "delete",
    hidden = true,
    description = "Detaches links and unloads programs that have no other.")
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
      description = "Also deletes programs that use the maps of those that go (map_owner_id).")
  private boolean recursive;

  LinkDeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      Deletion deletion = new Deletion(session, recursive);
      return new Batch(context, "link", "deleted").run(ids, Set.of(), deletion::link);
    }
  }
}
