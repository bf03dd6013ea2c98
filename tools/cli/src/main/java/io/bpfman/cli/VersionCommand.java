package io.bpfman.cli;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.OutputOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
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
    context.print(
        output.format(), () -> new Fields().put("version", version()).map(), () -> text() + "\n");
    return 0;
  }

  private static String version() {
    String packaged = VersionCommand.class.getPackage().getImplementationVersion();
    return packaged == null ? UNKNOWN : packaged;
  }

  private static String text() {
    return "bpfman " + version();
  }

  /** The same for {@code bpfman --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }
  }
}
