package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.output.OutputOption;
import io.bpfman.proto.x.v1.Link;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman link get}. */
@Command(name = "get", description = "Shows one link.")
public final class LinkGetCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "ID", converter = UnsignedId.class, description = "Link id.")
  private int id;

  @Mixin private OutputOption output = new OutputOption();

  public LinkGetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      Link link = Links.find(session, id);
      LinkView view = new LinkView(link);
      context.print(
          output.format(),
          view::json,
          () -> view.text(new ProgramNames(session).function(link.getProgramId())));
    }
    return 0;
  }
}
