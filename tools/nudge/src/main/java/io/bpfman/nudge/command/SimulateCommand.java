package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.git.GitHistory;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.graph.SourceTree;
import io.bpfman.nudge.core.simulate.Build;
import io.bpfman.nudge.core.simulate.Outcome;
import io.bpfman.nudge.core.simulate.Scenario;
import io.bpfman.nudge.core.simulate.Simulation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bpfman-nudge simulate}. */
@Command(
    name = "simulate",
    description = "Plays pushes, builds and nudges, and counts builds and mixed sets.")
public final class SimulateCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "What to play: changes, and seconds that things take; - for standard input.")
  private String scenario = "";

  @Option(
      names = "--git-range",
      paramLabel = "RANGE",
      description = "Play the commits of a range such as main~20..main, with the usual times.")
  private String range = "";

  @Option(
      names = "--coordinate",
      description = "Play it a second time with nudges merged together, and compare.")
  private boolean coordinate;

  @Option(names = "--builds", description = "List every build.")
  private boolean builds;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  public SimulateCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (scenario.isEmpty() == range.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "one of --scenario FILE and --git-range RANGE is needed");
    }
    Scenario played =
        range.isEmpty()
            ? Scenario.parse(Input.read(context, scenario).yaml())
            : new Scenario(GitHistory.read(repository.root, range), Scenario.USUAL);
    SourceTree tree = repository.tree();
    RebuildGraph graph = RebuildGraph.of(tree, repository.topology(tree));
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put("uncoordinated", play(graph, played, 0));
    if (coordinate) {
      outcomes.put("coordinated", play(graph, played, played.timing().batch()));
    }
    if (format == OutputFormat.JSON) {
      Map<String, Object> json = new LinkedHashMap<>();
      outcomes.forEach((name, outcome) -> json.put(name, json(outcome)));
      context.out().println(Json.text(json));
    } else {
      outcomes.forEach(this::text);
    }
    return ExitCodes.FINE;
  }

  private static Outcome play(RebuildGraph graph, Scenario scenario, long batch) {
    return Simulation.run(graph, scenario.changes(), scenario.timing().withBatch(batch));
  }

  private void text(String name, Outcome outcome) {
    context
        .out()
        .println(
            "%s: %d builds, %d of mixed sets, %d nudges merged, %s"
                .formatted(
                    name,
                    outcome.builds().size(),
                    outcome.mixed(),
                    outcome.merges(),
                    outcome.consistentAfter() < 0
                        ? "never consistent: builds do not end"
                        : "consistent %d s after the last change"
                            .formatted(outcome.consistentAfter())));
    outcome
        .components()
        .forEach(c -> context.out().println("  %s x%d".formatted(c, outcome.count(c))));
    if (builds) {
      outcome.builds().forEach(build -> context.out().println("  " + line(build)));
    }
  }

  private static String line(Build build) {
    return "%6d to %6d s  %s of commit %d%s%s"
        .formatted(
            build.start(),
            build.end(),
            build.component(),
            build.commit(),
            build.inputs().isEmpty() ? "" : " with " + build.inputs(),
            build.mixed() ? "  MIXED" : "");
  }

  private Map<String, Object> json(Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("builds", outcome.builds().size());
    json.put("mixedSets", outcome.mixed());
    json.put("merges", outcome.merges());
    json.put("consistentAfterSeconds", outcome.consistentAfter());
    Map<String, Object> counts = new LinkedHashMap<>();
    outcome.components().forEach(c -> counts.put(c, outcome.count(c)));
    json.put("byComponent", counts);
    if (builds) {
      json.put("list", outcome.builds());
    }
    return json;
  }
}
