package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.GraphRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.Rule;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.pac.Event;
import io.bpfman.nudge.core.pac.Glob;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules over nudge edges, file patterns and triggers together, which nobody else checks. */
public final class GraphRules {
  private final RebuildGraph graph;
  private final Topology topology;
  private final SourceTree tree;
  private final Writes writes;
  private final List<Finding> findings = new ArrayList<>();

  private GraphRules(SourceTree tree, RebuildGraph graph) {
    this.tree = tree;
    this.graph = graph;
    this.topology = graph.topology();
    this.writes = new Writes(tree, topology);
  }

  /** Findings, with those of reading first. */
  public static List<Finding> check(SourceTree tree, RebuildGraph graph, String nudgeDirectory) {
    GraphRules rules = new GraphRules(tree, graph);
    rules.findings.addAll(rules.topology.findings());
    rules.topology.components().forEach(rules::component);
    rules.topology.pushes().forEach(rules::pipeline);
    rules.topology.others().forEach(rules::otherPipeline);
    rules.nudgeFiles(nudgeDirectory);
    rules.loops();
    rules.redundant();
    return List.copyOf(rules.findings);
  }

  private void component(Component component) {
    if (topology.push(component.name()).isEmpty()) {
      add(
          GraphRule.COMPONENT_UNBUILT,
          component.place(),
          "%s is built by no PipelineRun on a push to %s"
              .formatted(component.name(), topology.branch()));
    }
    for (String target : component.nudges()) {
      edge(component, target);
    }
    if (!component.nudges().isEmpty() && topology.push(component.name()).isPresent()) {
      written(component);
    }
  }

  private void edge(Component component, String target) {
    if (topology.component(target).isEmpty()) {
      add(
          GraphRule.NUDGE_UNKNOWN,
          component.place(),
          "%s nudges \"%s\", which is not declared".formatted(component.name(), target));
    } else if (graph.edges(component.name()).stream().noneMatch(e -> e.to().equals(target))) {
      add(
          GraphRule.NUDGE_WITHOUT_EFFECT,
          component.place(),
          "%s nudges %s, but no trigger of %s matches what the nudge rewrites (%s)"
              .formatted(component.name(), target, target, named(graph.writes(component.name()))));
    }
  }

  private void written(Component component) {
    PipelineRun run = topology.push(component.name()).orElseThrow().run();
    if (run.nudgePatterns().isEmpty()) {
      add(
          GraphRule.NUDGE_DEFAULT_PATTERNS,
          run.nudgeFiles().map(value -> value.place()).orElse(run.place()),
          "%s names no nudge files, so the default patterns hold (%s), which match %d files"
              .formatted(
                  component.name(),
                  String.join(", ", Writes.DEFAULT_PATTERNS),
                  writes.candidates(component).size()));
    }
    if (graph.writes(component.name()).isEmpty()) {
      add(
          GraphRule.NUDGE_WITHOUT_MATCH,
          run.nudgeFiles().map(value -> value.place()).orElse(run.place()),
          "no file that matches %s holds a digest of %s, so no nudge of %s changes anything"
              .formatted(
                  writes.patterns(component).orElse(List.of()),
                  component.repositories(),
                  component.name()));
    }
  }

  private void pipeline(Trigger trigger) {
    PipelineRun run = trigger.run();
    boolean nudges =
        topology.component(run.component()).map(c -> !c.nudges().isEmpty()).orElse(false);
    if (topology.component(run.component()).isEmpty() && !run.component().isEmpty()) {
      add(
          GraphRule.PIPELINE_UNDECLARED,
          run.place(),
          "builds %s, which is not declared".formatted(run.component()));
    }
    if (!nudges && !run.nudgePatterns().isEmpty()) {
      add(
          GraphRule.NUDGE_FILES_UNUSED,
          run.nudgeFiles().orElseThrow().place(),
          "%s nudges nobody, so this has no effect".formatted(run.component()));
    }
    built(run);
    for (String glob : trigger.globs()) {
      Glob compiled = Glob.of(glob);
      if (tree.files().stream().noneMatch(compiled::matches)) {
        add(
            GraphRule.TRIGGER_WITHOUT_FILE,
            run.expression().map(value -> value.place()).orElse(run.place()),
            "\"%s\" matches no file of this repository".formatted(glob));
      }
    }
  }

  /** What is built, and where it goes. */
  private void built(PipelineRun run) {
    String containerfile = run.param("dockerfile");
    if (!containerfile.isEmpty() && !tree.files().contains(containerfile)) {
      add(
          GraphRule.CONTAINERFILE_MISSING,
          run.place(),
          "builds %s, which is not in this repository".formatted(containerfile));
    }
    String output = run.outputRepository();
    List<String> known =
        topology.component(run.component()).map(Component::repositories).orElse(List.of());
    if (!output.isEmpty() && !known.isEmpty() && !known.contains(output)) {
      add(
          GraphRule.OUTPUT_REPOSITORY,
          run.place(),
          "pushes to %s, but images of %s are in %s, so no nudge would find its reference"
              .formatted(output, run.component(), String.join(" or ", known)));
    }
  }

  private void otherPipeline(Trigger trigger) {
    trigger
        .run()
        .nudgeFiles()
        .ifPresent(
            value ->
                add(
                    GraphRule.NUDGE_FILES_ON_OTHER_EVENT,
                    value.place(),
                    "is read from the PipelineRun of a push only; this one does not run on one"));
  }

  private void nudgeFiles(String directory) {
    for (String path : tree.files()) {
      if (path.startsWith(directory + "/") && path.endsWith(".txt")) {
        if (topology.pushes().stream()
            .noneMatch(t -> t.fires(Event.push(topology.branch(), Set.of(path))))) {
          add(GraphRule.NUDGE_FILE_UNREAD, Place.of(path), "starts no build when it changes");
        }
        if (graph.components().stream().noneMatch(c -> graph.writes(c).contains(path))) {
          add(GraphRule.NUDGE_FILE_UNWRITTEN, Place.of(path), "is rewritten by no nudge");
        }
      }
    }
  }

  private void loops() {
    for (List<Edge> loop : graph.loops()) {
      String path = loop.stream().map(Edge::from).collect(Collectors.joining(" -> "));
      String files =
          loop.stream()
              .map(edge -> String.join(", ", edge.files()))
              .collect(Collectors.joining("; "));
      Place place =
          topology
              .push(loop.getLast().to())
              .map(Trigger::run)
              .map(run -> run.expression().map(v -> v.place()).orElse(run.place()))
              .orElse(Place.of(loop.getLast().to()));
      add(
          GraphRule.REBUILD_LOOP,
          place,
          "builds never end: %s -> %s, through %s".formatted(path, loop.getLast().to(), files));
    }
  }

  /** For the change that builds most: everything that a push can build. */
  private void redundant() {
    Plan plan = Plan.of(graph, Set.copyOf(graph.triggered(Set.copyOf(tree.files()))));
    plan.builds()
        .forEach(
            (name, count) -> {
              long nudgers = graph.edges().stream().filter(e -> e.to().equals(name)).count();
              if (count > 1 && nudgers > 1) {
                findings.add(
                    new Finding(
                        GraphRule.REDUNDANT_BUILDS,
                        topology.component(name).map(Component::place).orElse(Place.of(name)),
                        "%s is built up to %d times for one change, where one build would do"
                            .formatted(name, count)));
              }
            });
  }

  private static String named(Set<String> files) {
    return files.isEmpty() ? "nothing" : String.join(", ", files);
  }

  private void add(Rule rule, Place place, String message) {
    findings.add(new Finding(rule, place, message));
  }
}
