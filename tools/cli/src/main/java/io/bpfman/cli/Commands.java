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
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The tree of commands. */
public final class Commands {
  private static final Map<String, Word> WORDS = words();

  private final LoaderOpener loaders;
  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean interactive;

  /**
   * @param environment variables that give defaults; see {@link EnvironmentDefaults}
   */
  public Commands(
      LoaderOpener loaders, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this(loaders, environment, out, err, false);
  }

  /**
   * The same.
   *
   * @param interactive whether a person reads {@code out}
   */
  Commands(
      LoaderOpener loaders,
      Map<String, String> environment,
      PrintWriter out,
      PrintWriter err,
      boolean interactive) {
    this.loaders = loaders;
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
    this.interactive = interactive;
  }

  /** Runs one command line: 0 done, 1 failed, 80 not understood. */
  public int run(List<String> arguments) {
    List<String> full = Words.withDefaultVerbs(arguments);
    CommandLine tree = tree(full);
    if (full.isEmpty()) {
      HelpLayout.apply(tree);
      tree.usage(err);
      return ErrorReport.USAGE;
    }
    if (Words.askForHelp(full)) {
      HelpLayout.apply(tree);
    }
    return written(tree.execute(full.toArray(new String[0])));
  }

  /** Help and versions are printed by picocli, which does not look whether that worked. */
  private int written(int code) {
    if (code == 0 && out.checkError()) {
      err.println("bpfman: the output could not be written");
      err.flush();
      return ErrorReport.FAILED;
    }
    return code;
  }

  /** For tests: everything that there is, ready to parse. */
  CommandLine whole() {
    CommandLine whole = tree(List.of());
    HelpLayout.apply(whole);
    return whole;
  }

  private CommandLine tree(List<String> arguments) {
    GlobalOptions options = new GlobalOptions();
    CliContext context = new CliContext(options, loaders, out, err, interactive);
    CommandLine root = new CommandLine(options);
    Word.add(root, WORDS, context, Words.behindGlobalFlags(arguments));
    configure(root);
    return root;
  }

  private static Object completion(CliContext context) {
    return new CompletionCommand(
        context,
        () -> {
          CommandLine whole = new CommandLine(new GlobalOptions());
          Word.add(whole, WORDS, context, List.of());
          return whole;
        });
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
      options.checkConfig();
      options.log().configure();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static void exitCodes(CommandLine command) {
    command.getCommandSpec().exitCodeOnInvalidInput(ErrorReport.USAGE);
    command.getCommandSpec().exitCodeOnExecutionException(ErrorReport.FAILED);
    command.getSubcommands().values().forEach(Commands::exitCodes);
  }

  private static Map<String, Word> words() {
    Map<String, Word> all = new LinkedHashMap<>();
    all.put("apply", Word.leaf(ApplyCommand::new));
    all.put("validate", Word.leaf(ValidateCommand::new));
    all.put("delete", Word.leaf(DeleteCommand::new));
    all.put("get", get());
    all.put("program", ProgramCommands.all());
    all.put("link", LinkCommands.all());
    all.put("dispatcher", DispatcherCommands.all());
    all.put("map", map());
    all.put("top", Word.leaf(TopCommand::new));
    all.put("watch", Word.leaf(WatchCommand::new));
    all.put("check", Word.leaf(CheckCommand::new));
    all.put("probe", Word.leaf(ProbeCommand::new));
    all.put("doctor", Word.leaf(DoctorCommand::new));
    all.put("completion", Word.leaf(Commands::completion));
    all.put("version", Word.leaf(VersionCommand::new));
    all.put("serve", Word.branch("serve", "Starts the daemon (flags: serve --help).", Map.of()));
    return all;
  }

  private static Word get() {
    Map<String, Word> nouns = new LinkedHashMap<>();
    nouns.put("applications", manifests(GetCommand.What.APPLICATIONS));
    nouns.put("programs", manifests(GetCommand.What.PROGRAMS));
    nouns.put("links", manifests(GetCommand.What.LINKS));
    nouns.put("program", Word.hiddenLeaf(ProgramGetCommand::new));
    nouns.put("link", Word.hiddenLeaf(LinkGetCommand::new));
    return Word.branch("get", "Shows applications and what became of them.", nouns);
  }

  private static Word manifests(GetCommand.What what) {
    return Word.leaf(context -> new GetCommand(context, what));
  }

  private static Word map() {
    Map<String, Word> verbs = new LinkedHashMap<>();
    verbs.put("list", Word.leaf(MapListCommand::new));
    verbs.put("dump", Word.leaf(MapDumpCommand::new));
    verbs.put("lookup", Word.leaf(MapLookupCommand::new));
    verbs.put("update", Word.leaf(MapUpdateCommand::new));
    verbs.put("delete", Word.leaf(MapDeleteCommand::new));
    return Word.branch("map", "Maps of programs (list when the verb is left out).", verbs);
  }
}
