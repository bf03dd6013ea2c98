package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Programs;
import io.bpfman.cli.UnsignedId;
import io.bpfman.cli.link.Links;
import io.bpfman.cli.output.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman program get}. */
@Command(name = "get", description = "Shows one program with its links.")
public final class ProgramGetCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "ID", converter = UnsignedId.class, description = "Program id.")
  private int id;

  @Mixin private OutputOption output = new OutputOption();

  public ProgramGetCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    try (LoaderSession session = context.connect()) {
      ProgramView view =
          new ProgramView(new Programs(session).get(id), Links.ofProgram(session, id));
      context.print(output.format(), view::json, view::text);
    }
    return 0;
  }
}
