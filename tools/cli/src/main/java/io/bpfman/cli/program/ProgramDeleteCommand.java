package io.bpfman.cli.program;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman program delete}: bpfman's other word for unload, kept for scripts. */
@Command(
    name = "delete",
    hidden = true,
    description = "Unloads programs that have no links, or with -r any.")
final class ProgramDeleteCommand implements Callable<Integer> {
  private final CliContext context;

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Option(
      names = {"-r", "--recursive"},
      description = "Also detaches the links of the programs.")
  private boolean recursive;

  ProgramDeleteCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      return new Batch(context, "program", "deleted")
          .run(
              which.all ? everything(session) : which.ids,
              FailureCode.INTERNAL,
              id -> delete(session, id));
    }
  }

  private static List<Integer> everything(LoaderSession session) {
    ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
    return session.call(loader -> loader.list(ours)).getResultsList().stream()
        .map(program -> program.getKernelInfo().getId())
        .toList();
  }

  private void delete(LoaderSession session, int id) {
    if (!recursive) {
      requireNoLinks(session, id);
    }
    UnloadCommand.unload(session, id);
  }

  private static void requireNoLinks(LoaderSession session, int id) {
    GetRequest request = GetRequest.newBuilder().setId(id).build();
    List<Integer> links = session.call(loader -> loader.get(request)).getInfo().getLinksList();
    if (!links.isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "it is attached by link %s"
              .formatted(
                  links.stream().map(Integer::toUnsignedString).collect(Collectors.joining(", "))),
          "detach first, or give -r");
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
