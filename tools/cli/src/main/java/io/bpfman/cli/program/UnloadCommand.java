package io.bpfman.cli.program;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.UnloadRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman program unload}. */
@Command(name = "unload", description = "Detaches and unloads programs.")
final class UnloadCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Program ids.")
  private List<Integer> ids = List.of();

  @Option(names = "--ignore-missing", description = "A program that does not exist is no failure.")
  private boolean ignoreMissing;

  UnloadCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      return new Batch(context, "program", "unloaded")
          .run(
              ids,
              ignoreMissing ? Set.of(FailureCode.PROGRAM_NOT_FOUND) : Set.of(),
              id -> unload(session, id));
    }
  }

  static void unload(LoaderSession session, int id) {
    UnloadRequest request = UnloadRequest.newBuilder().setId(id).build();
    session.call(loader -> loader.unload(request));
  }
}
