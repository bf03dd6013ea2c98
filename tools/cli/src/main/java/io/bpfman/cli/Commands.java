package io.bpfman.cli;

import io.bpfman.cli.dispatcher.DispatcherCommands;
import io.bpfman.cli.link.LinkCommands;
import io.bpfman.cli.link.LinkGetCommand;
import io.bpfman.cli.manifest.ApplyCommand;
import io.bpfman.cli.manifest.DeleteCommand;
import io.bpfman.cli.manifest.GetCommand;
import io.bpfman.cli.manifest.ValidateCommand;
import io.bpfman.cli.map.MapDeleteCommand;
import io.bpfman.cli.map.MapDumpCommand;
import io.bpfman.cli.map.MapListCommand;
import io.bpfman.cli.map.MapLookupCommand;
import io.bpfman.cli.map.MapUpdateCommand;
import io.bpfman.cli.program.CheckCommand;
import io.bpfman.cli.program.ProbeCommand;
import io.bpfman.cli.program.ProgramCommands;
import io.bpfman.cli.program.ProgramGetCommand;
import io.bpfman.cli.top.TopCommand;
import io.bpfman.cli.watch.WatchCommand;
import io.bpfman.runtime.Logging;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The tree of commands. Only the branch that the first word names is built, because building it
 * costs start-up time.
 */
public final class Commands {
  private static final Map<String, Function<CliContext, CommandLine>> BRANCHES = branches();

  private final LoaderOpener loaders;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param environment variables that give defaults; see {@link EnvironmentDefaults}
   */
  public Commands(
      LoaderOpener loaders, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.loaders = loaders;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  /** Runs one command line: 0 done, 1 failed, 80 not understood. */
  public int run(List<String> arguments) {
    List<String> full = Words.withDefaultVerbs(arguments);
    return tree(full).execute(full.toArray(new String[0]));
  }

  private CommandLine tree(List<String> arguments) {
    GlobalOptions options = new GlobalOptions();
    CliContext context = new CliContext(options, loaders, out, err);
    CommandLine root = new CommandLine(options);
    String word = Words.command(arguments).orElse("");
    if (BRANCHES.containsKey(word)) {
      root.addSubcommand(word, BRANCHES.get(word).apply(context));
    } else {
      addAll(root, context);
    }
    configure(root);
    return root;
  }

  private static void addAll(CommandLine root, CliContext context) {
    BRANCHES.forEach((name, branch) -> root.addSubcommand(name, branch.apply(context)));
  }

  private static CommandLine completion(CliContext context) {
    return new CommandLine(
        new CompletionCommand(
            context,
            () -> {
              CommandLine whole = new CommandLine(new GlobalOptions());
              addAll(whole, context);
              return whole;
            }));
  }

  private void configure(CommandLine root) {
    root.setExecutionStrategy(Commands::execute);
    root.setOut(out);
    root.setErr(err);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setDefaultValueProvider(new EnvironmentDefaults(environment));
    root.setParameterExceptionHandler(ErrorReport::misused);
    root.setExecutionExceptionHandler(ErrorReport::failed);
    root.setUsageHelpAutoWidth(true);
    exitCodes(root);
  }

  /** Loggers are made when the command does its work, not before. */
  private static int execute(ParseResult parsed) {
    if (parsed.commandSpec().root().userObject() instanceof GlobalOptions options) {
      options.logLevel().ifPresent(Logging::configure);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static void exitCodes(CommandLine command) {
    command.getCommandSpec().exitCodeOnInvalidInput(ErrorReport.USAGE);
    command.getCommandSpec().exitCodeOnExecutionException(ErrorReport.FAILED);
    command.getSubcommands().values().forEach(Commands::exitCodes);
  }

  private static Map<String, Function<CliContext, CommandLine>> branches() {
    Map<String, Function<CliContext, CommandLine>> all = new LinkedHashMap<>();
    all.put("apply", context -> new CommandLine(new ApplyCommand(context)));
    all.put("validate", context -> new CommandLine(new ValidateCommand(context)));
    all.put("delete", context -> new CommandLine(new DeleteCommand(context)));
    all.put("get", Commands::get);
    all.put("program", ProgramCommands::all);
    all.put("link", LinkCommands::all);
    all.put("dispatcher", DispatcherCommands::all);
    all.put("map", Commands::map);
    all.put("top", context -> new CommandLine(new TopCommand(context)));
    all.put("watch", context -> new CommandLine(new WatchCommand(context)));
    all.put("check", context -> new CommandLine(new CheckCommand(context)));
    all.put("probe", context -> new CommandLine(new ProbeCommand(context)));
    all.put("doctor", context -> new CommandLine(new DoctorCommand(context)));
    all.put("completion", Commands::completion);
    all.put("version", context -> new CommandLine(new VersionCommand(context)));
    all.put(
        "serve",
        context -> new CommandLine(named("serve", "Starts the daemon (flags: serve --help).")));
    return all;
  }

  private static CommandLine get(CliContext context) {
    return new CommandLine(named("get", "Shows applications and what became of them."))
        .addSubcommand("applications", new GetCommand(context, GetCommand.What.APPLICATIONS))
        .addSubcommand("programs", new GetCommand(context, GetCommand.What.PROGRAMS))
        .addSubcommand("links", new GetCommand(context, GetCommand.What.LINKS))
        .addSubcommand("program", hidden(new CommandLine(new ProgramGetCommand(context))))
        .addSubcommand("link", hidden(new CommandLine(new LinkGetCommand(context))));
  }

  private static CommandLine map(CliContext context) {
    return new CommandLine(named("map", "Maps of programs (list when the verb is left out)."))
        .addSubcommand("list", new MapListCommand(context))
        .addSubcommand("dump", new MapDumpCommand(context))
        .addSubcommand("lookup", new MapLookupCommand(context))
        .addSubcommand("update", new MapUpdateCommand(context))
        .addSubcommand("delete", new MapDeleteCommand(context));
  }

  private static CommandLine hidden(CommandLine command) {
    command.getCommandSpec().usageMessage().hidden(true);
    return command;
  }

  private static CommandSpec named(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description);
    return spec;
  }
}
