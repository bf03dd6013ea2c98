package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Programs;
import io.bpfman.cli.UnsignedId;
import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Bytecode;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.ReplaceResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman program replace}. */
@Command(
    name = "replace",
    description = {
      "Puts a new version in the place of programs that run: their links move without a gap, "
          + "their maps go on where they fit, and the old programs are unloaded.",
      "All or nothing: after a failure the old version runs on."
    })
final class ReplaceCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "PATH", description = "Object file of the new version.")
  private Path path = Path.of("");

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  @Mixin private LoadOptions options = new LoadOptions();

  ReplaceCommand(CliContext context) {
    this.context = context;
  }

  /** Exactly one of both. */
  static final class Which {
    @Option(
        names = "--id",
        split = ",",
        paramLabel = "ID",
        converter = UnsignedId.class,
        description = "Programs of the old version, one of each function; may be repeated.")
    private List<Integer> ids = List.of();

    @Option(
        names = "--where",
        paramLabel = "KEY=VALUE",
        description = "Metadata that all programs of the old version have; may be repeated.")
    private Map<String, String> metadata = Map.of();
  }

  @Override
  public Integer call() {
    Bytecode file = new Bytecode.File(path.toAbsolutePath().normalize().toString());
    ReplaceRequest request =
        ReplaceRequest.newBuilder()
            .addAllProgramIds(which.ids)
            .putAllMatchMetadata(which.metadata)
            .setLoad(LoadRequests.toProto(options.spec(file, path)))
            .build();
    try (LoaderSession session = context.connect()) {
      ReplaceResponse done = session.call(loader -> loader.replace(request));
      done.getWarningsList().forEach(warning -> context.warn("bpfman: warning: " + warning));
      context.print(
          options.format(),
          () -> ReplaceText.json(done, new Programs(session).loaded(done.getLoadedList())),
          () -> ReplaceText.tables(done));
    }
    return 0;
  }
}
