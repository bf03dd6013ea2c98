package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.model.AttachSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpfman link attach uprobe}. */
@Command(
    name = "uprobe",
    aliases = "uretprobe",
    description = "Attaches to user space; entry or return is decided by the program's section.")
final class AttachUprobeCommand extends AttachCommand {
  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "Absolute path of a binary, or the name of a library, as libc.")
  private String binary = "";

  @Option(
      names = {"-f", "--fn-name"},
      paramLabel = "FN",
      description =
          "Function in the target; without it --offset counts from the start of the file.")
  private @Nullable String function;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      converter = Offset.class,
      description = "Bytes.")
  private long offset;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      converter = Pid.class,
      description = "Only this process.")
  private @Nullable Integer pid;

  @Option(
      names = "--container-pid",
      paramLabel = "PID",
      converter = Pid.class,
      description = "Process whose file system holds the target.")
  private @Nullable Integer containerPid;

  AttachUprobeCommand(CliContext context) {
    super(context);
  }

  @Override
  AttachSpec spec() {
    return new AttachSpec.Uprobe(binary, function, offset, pid, containerPid);
  }
}
