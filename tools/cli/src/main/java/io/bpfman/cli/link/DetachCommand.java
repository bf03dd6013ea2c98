package io.bpfman.cli.link;

import io.bpfman.cli.Batch;
import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.DetachRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link detach}. */
@Command(name = "detach", description = "Detaches links.")
final class DetachCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Link ids.")
  private List<Integer> ids = List.of();

  @Option(names = "--ignore-missing", description = "A link that does not exist is no failure.")
  private boolean ignoreMissing;

  DetachCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      return new Batch(context, "link", "detached")
          .run(
              ids,
              ignoreMissing ? Set.of(FailureCode.LINK_NOT_FOUND) : Set.of(),
              id -> detach(session, id));
    }
  }

  static void detach(LoaderSession session, int id) {
    DetachRequest request = DetachRequest.newBuilder().setLinkId(id).build();
    session.call(loader -> loader.detach(request));
  }
}
