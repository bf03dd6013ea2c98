package io.bpfman.cli.dispatcher;

import io.bpfman.cli.CliContext;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the commands below {@code dispatcher} together. */
public final class DispatcherCommands {
  private DispatcherCommands() {}

  /** Hidden, as in bpfman: users work with links; dispatchers come and go with them. */
  public static CommandLine all(CliContext context) {
    CommandSpec group = CommandSpec.create().name("dispatcher");
    group
        .usageMessage()
        .hidden(true)
        .description(
            "Dispatchers, which call several XDP or TC programs in turn (list when the verb is left"
                + " out).");
    return new CommandLine(group)
        .addSubcommand(new DispatcherListCommand(context))
        .addSubcommand(new DispatcherGetCommand(context))
        .addSubcommand(new DispatcherDeleteCommand());
  }
}
