package io.bpfman.cli;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bpfman version}. */
@Command(name = "version", description = "Shows the version of this program.")
final class VersionCommand implements Callable<Integer> {
  private static final String UNKNOWN = "unknown";

  private final CliContext context;

  @Mixin private OutputOption output = new OutputOption();

  VersionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    String packaged = VersionCommand.class.getPackage().getImplementationVersion();
    String version = packaged == null ? UNKNOWN : packaged;
    context.print(
        output.format(),
        () -> new Fields().put("version", version).map(),
        () -> "bpfman " + version + "\n");
    return 0;
  }
}
