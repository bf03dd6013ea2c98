package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.model.AttachSpec;
import picocli.CommandLine.Command;

/**
 * {@code bpfman link attach fentry}, {@code fexit} and {@code lsm}: their target is fixed at load.
 */
@Command(description = "Attaches to the target that was given when the program was loaded.")
final class AttachFixedCommand extends AttachCommand {
  private final AttachSpec spec;

  AttachFixedCommand(CliContext context, AttachSpec spec) {
    super(context);
    this.spec = spec;
  }

  @Override
  AttachSpec spec() {
    return spec;
  }
}
