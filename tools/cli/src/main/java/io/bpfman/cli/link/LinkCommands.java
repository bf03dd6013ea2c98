package io.bpfman.cli.link;

import io.bpfman.cli.CliContext;
import io.bpfman.model.AttachSpec;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Puts the commands below {@code link} together. */
public final class LinkCommands {
  private LinkCommands() {}

  public static CommandLine all(CliContext context) {
    return new CommandLine(named("link", "Links between programs and their attach points."))
        .addSubcommand(new LinkListCommand(context))
        .addSubcommand(new LinkGetCommand(context))
        .addSubcommand(attach(context))
        .addSubcommand(new DetachCommand(context))
        .addSubcommand(new LinkDeleteCommand(context));
  }

  private static CommandLine attach(CliContext context) {
    return new CommandLine(named("attach", "Attaches a program."))
        .addSubcommand(new AttachXdpCommand(context))
        .addSubcommand(new AttachTcCommand(context))
        .addSubcommand(new AttachTcxCommand(context))
        .addSubcommand(new AttachTracepointCommand(context))
        .addSubcommand(new AttachKprobeCommand(context))
        .addSubcommand(new AttachUprobeCommand(context))
        .addSubcommand("fentry", new AttachFixedCommand(context, new AttachSpec.Fentry()))
        .addSubcommand("fexit", new AttachFixedCommand(context, new AttachSpec.Fexit()))
        .addSubcommand("lsm", new AttachFixedCommand(context, new AttachSpec.Lsm()));
  }

  private static CommandSpec named(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec;
  }
}
