package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all attach commands share: the program, metadata, and the call. */
abstract class AttachCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      converter = UnsignedId.class,
      description = "Program id.")
  private int program;

  @Option(
      names = {"-m", "--metadata"},
      paramLabel = "KEY=VALUE",
      description = "Metadata of the link, at most 64 KiB; may be repeated.")
  private Map<String, String> metadata = Map.of();

  @Mixin private OutputOption output = new OutputOption();

  AttachCommand(CliContext context) {
    this.context = context;
  }

  /** Where to attach, from the parsed arguments. */
  abstract AttachSpec spec();

  /** Refuses what the daemon would take for something else. */
  void check(LoaderSession session) {}

  /** Attaches and prints the link. */
  @Override
  public final Integer call() {
    AttachInfo info = AttachInfos.toProto(spec(), metadata);
    AttachRequest request = AttachRequest.newBuilder().setId(program).setAttach(info).build();
    try (LoaderSession session = context.connect()) {
      check(session);
      int id = session.call(loader -> loader.attach(request)).getLinkId();
      LinkView view = new LinkView(Links.attached(session, id, program, info));
      context.print(
          output.format(),
          view::json,
          () -> view.text(new ProgramNames(session).function(program)));
    }
    return 0;
  }
}
