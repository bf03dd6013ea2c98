package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import io.bpfman.model.Bytecode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bpfman program load file}. */
@Command(name = "file", description = "Loads programs of an ELF object that the daemon can read.")
final class LoadFileCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "PATH", description = "Object file.")
  private Path path = Path.of("");

  @Mixin private LoadOptions options = new LoadOptions();

  LoadFileCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    return options.load(
        context, new Bytecode.File(path.toAbsolutePath().normalize().toString()), path);
  }
}
