package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
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
      required = true,
      description = "0 or more; smaller runs first.")
  private int priority;

  AttachTcxCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Tcx(hook(), direction, priority);
  }
}
