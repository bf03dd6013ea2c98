package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.model.AttachSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link attach kprobe}. */
@Command(
    name = "kprobe",
    aliases = "kretprobe",
    description =
        "Attaches to a kernel function; entry or return is decided by the program's section.")
final class AttachKprobeCommand extends AttachCommand {
  @Parameters(index = "1", paramLabel = "FN", description = "Kernel function.")
  private String function = "";

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      converter = Offset.class,
      description = "Bytes from the function's start.")
  private long offset;

  AttachKprobeCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Kprobe(function, offset, null);
  }
}
