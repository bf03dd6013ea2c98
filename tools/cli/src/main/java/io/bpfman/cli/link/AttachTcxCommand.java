package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.cli.Priority;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link attach tcx}. */
@Command(name = "tcx", description = "Attaches to the TCX hook of an interface (kernel 6.6).")
final class AttachTcxCommand extends InterfaceAttachCommand {
  @Parameters(
      index = "2",
      paramLabel = "DIRECTION",
      converter = InterfaceAttachCommand.DirectionConverter.class,
      description = "ingress or egress.")
  private Direction direction = Direction.INGRESS;

  @Option(
      names = {"-p", "--priority"},
      paramLabel = "PRIORITY",
      defaultValue = "0",
      converter = Priority.class,
      description = "0 to 2147483647; smaller runs first (default ${DEFAULT-VALUE}).")
  private int priority;

  AttachTcxCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Tcx(hook(), direction, priority);
  }
}
