package io.bpfman.nudge;

import io.bpfman.nudge.command.BundleCommand;
import io.bpfman.nudge.command.CatalogCommand;
import io.bpfman.nudge.command.ExitCodes;
import io.bpfman.nudge.command.ExplainCommand;
import io.bpfman.nudge.command.GraphCommand;
import io.bpfman.nudge.command.NudgeContext;
import io.bpfman.nudge.command.SimulateCommand;
import io.bpfman.nudge.command.SnapshotCheckCommand;
import io.bpfman.nudge.command.UpdateBundleCommand;
import io.bpfman.nudge.command.UpdateCatalogCommand;
import io.bpfman.nudge.command.UpdateConfigmapCommand;
import io.bpfman.nudge.command.ValidateCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: picocli's tree and how errors are shown. */
public final class Commands {
  private final NudgeContext context;

  public Commands(NudgeContext context) {
    this.context = context;
  }

  /** Runs one command and gives its exit code; never throws. */
  public int run(String... arguments) {
    CommandLine root = new CommandLine(new Root());
    branches().forEach((name, command) -> root.addSubcommand(name, command.get()));
    root.setOut(context.out());
    root.setErr(context.err());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler(ErrorReport::misused);
    root.setExecutionExceptionHandler(ErrorReport::failed);
    root.setUsageHelpAutoWidth(true);
    exitCodes(root);
    int code = root.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    context.out().flush();
    context.err().flush();
    return code;
  }

  private Map<String, Supplier<Object>> branches() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("bundle", () -> new BundleCommand(context));
    all.put("catalog", () -> new CatalogCommand(context));
    all.put("update-bundle", () -> new UpdateBundleCommand(context));
    all.put("update-configmap", () -> new UpdateConfigmapCommand(context));
    all.put("update-catalog", () -> new UpdateCatalogCommand(context));
    all.put("graph", () -> new GraphCommand(context));
    all.put("validate", () -> new ValidateCommand(context));
    all.put("snapshot-check", () -> new SnapshotCheckCommand(context));
    all.put("explain", () -> new ExplainCommand(context));
    all.put("simulate", () -> new SimulateCommand(context));
    return all;
  }

  private static void exitCodes(CommandLine command) {
    command.getCommandSpec().exitCodeOnInvalidInput(ExitCodes.USAGE);
    command.getCommandSpec().exitCodeOnExecutionException(ExitCodes.UNUSABLE);
    command.getSubcommands().values().forEach(Commands::exitCodes);
  }

  /** The words before a command. */
  @Command(
      name = "bpfman-nudge",
      description = "Image references of the bundle and the catalog, and what rebuilds what.",
      footer = {
        "",
        "Exit codes: 0 fine, 1 a check found something, 2 unusable input (nothing was written),",
        "80 a command line that cannot be understood."
      },
      synopsisSubcommandLabel = "COMMAND")
  private static final class Root {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        scope = ScopeType.INHERIT,
        description = "Shows the help of a command.")
    boolean help;
  }
}
