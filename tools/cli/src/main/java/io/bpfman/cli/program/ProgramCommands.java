package io.bpfman.cli.program;

import io.bpfman.cli.CliContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the commands below {@code program} together. */
public final class ProgramCommands {
  private ProgramCommands() {}

  public static CommandLine all(CliContext context) {
    CommandLine load =
        new CommandLine(named("load", "Loads programs (file when the source is left out)."))
            .addSubcommand(new LoadFileCommand(context))
            .addSubcommand(new LoadImageCommand(context));
    return new CommandLine(named("program", "Programs in the kernel."))
        .addSubcommand(new ProgramListCommand(context))
        .addSubcommand(new ProgramGetCommand(context))
        .addSubcommand(load)
        .addSubcommand(new ReplaceCommand(context))
        .addSubcommand(new UnloadCommand(context))
        .addSubcommand(new ProgramDeleteCommand(context));
  }

  private static CommandSpec named(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec;
  }
}
