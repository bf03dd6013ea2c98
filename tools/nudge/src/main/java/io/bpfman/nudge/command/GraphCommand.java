package io.bpfman.nudge.command;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.Severity;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.Edge;
import io.bpfman.nudge.core.graph.GraphRules;
import io.bpfman.nudge.core.graph.GraphText;
import io.bpfman.nudge.core.graph.Plan;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.graph.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bpfman-nudge graph}. */
@Command(
    name = "graph",
    description = "Shows what rebuilds what: nudges, the files they rewrite, triggers on those.")
public final class GraphCommand implements Callable<Integer> {
  private final NudgeContext context;

  @Mixin private RepositoryOptions repository = new RepositoryOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, dot or mermaid (default text).")
  private GraphFormat format = GraphFormat.TEXT;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "Show what one push that changes these files builds.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--component",
      paramLabel = "NAME",
      description = "Show what builds of these components lead to.")
  private List<String> components = new ArrayList<>();

  @Option(names = "--check", description = "Exit 1 when an error is found, such as a loop.")
  private boolean check;

  public GraphCommand(NudgeContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    SourceTree tree = repository.tree();
    RebuildGraph graph = RebuildGraph.of(tree, repository.topology(tree));
    List<Finding> findings = GraphRules.check(tree, graph, repository.nudgeFiles);
    switch (format) {
      case DOT -> context.out().print(GraphText.dot(graph));
      case MERMAID -> context.out().print(GraphText.mermaid(graph));
      case JSON -> context.out().println(Json.text(json(graph, findings)));
      case TEXT -> text(graph, findings);
    }
    boolean wrong = findings.stream().anyMatch(f -> f.severity() == Severity.ERROR);
    return check && wrong ? ExitCodes.FOUND : ExitCodes.FINE;
  }

  private void text(RebuildGraph graph, List<Finding> findings) {
    Map<String, Plan> plans = plans(graph);
    if (plans.isEmpty()) {
      context.out().print(GraphText.text(graph));
    }
    plans.forEach((what, plan) -> context.out().print(GraphText.plan(what, plan)));
    findings.forEach(context.out()::println);
  }

  private Map<String, Plan> plans(RebuildGraph graph) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    if (!files.isEmpty()) {
      plans.put(String.join(", ", files), Plan.ofFiles(graph, new LinkedHashSet<>(files)));
    }
    for (String name : components) {
      if (!graph.components().contains(name)) {
        throw new UnusableInputException(
            "there is no component \"%s\"; there are %s".formatted(name, graph.components()));
      }
      plans.put(name, Plan.of(graph, Set.of(name)));
    }
    return plans;
  }

  private Map<String, Object> json(RebuildGraph graph, List<Finding> findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "components",
        graph.components().stream()
            .map(name -> Map.of("name", name, "writes", List.copyOf(graph.writes(name))))
            .toList());
    json.put(
        "edges",
        graph.edges().stream()
            .map(e -> Map.of("from", e.from(), "to", e.to(), "files", List.copyOf(e.files())))
            .toList());
    json.put("loops", graph.loops().stream().map(GraphCommand::loop).toList());
    Map<String, Object> plans = new LinkedHashMap<>();
    plans(graph).forEach((what, plan) -> plans.put(what, plan(plan)));
    json.put("plans", plans);
    json.put("findings", Json.findings(findings));
    return json;
  }

  private static List<String> loop(List<Edge> loop) {
    return loop.stream().map(Object::toString).toList();
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("direct", List.copyOf(plan.direct()));
    json.put("builds", plan.builds());
    json.put("total", plan.total());
    json.put("redundant", plan.redundant());
    return json;
  }
}
