package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.pac.Event;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who rewrites a file, who is built when it changes, and where that is configured. */
public final class Explanation {
  private final RebuildGraph graph;
  private final Topology topology;
  private final List<String> lines = new ArrayList<>();

  private Explanation(RebuildGraph graph) {
    this.graph = graph;
    this.topology = graph.topology();
  }

  /** Sentences, one a line. */
  public static List<String> of(RebuildGraph graph, String file) {
    Explanation explanation = new Explanation(graph);
    explanation.writers(file);
    explanation.builds(file);
    explanation.pullRequests(file);
    return List.copyOf(explanation.lines);
  }

  private void writers(String file) {
    List<Component> writers =
        topology.components().stream().filter(c -> graph.writes(c.name()).contains(file)).toList();
    if (writers.isEmpty()) {
      lines.add("No nudge rewrites " + file + ".");
    }
    for (Component writer : writers) {
      PipelineRun run = topology.push(writer.name()).orElseThrow().run();
      Place patterns = run.nudgeFiles().map(value -> value.place()).orElse(run.place());
      lines.add(
          "When %s was built, a pull request rewrites its digest here.".formatted(writer.name()));
      lines.add("  It nudges %s: %s".formatted(String.join(", ", writer.nudges()), writer.place()));
      lines.add("  This file is among its nudge files: " + patterns);
    }
  }

  private void builds(String file) {
    Event push = Event.push(topology.branch(), Set.of(file));
    List<Trigger> firing = topology.pushes().stream().filter(t -> t.fires(push)).toList();
    if (firing.isEmpty()) {
      lines.add("A push to %s that changes it builds nothing.".formatted(topology.branch()));
      return;
    }
    for (Trigger trigger : firing) {
      lines.add(
          "A push to %s that changes it builds %s: %s"
              .formatted(topology.branch(), trigger.run().component(), where(trigger)));
    }
    lines.add(
        "In the end "
            + GraphText.plan(file, Plan.ofFiles(graph, Set.of(file))).strip().replace("\n", "; ")
            + ".");
  }

  private void pullRequests(String file) {
    Event request = new Event("pull_request", topology.branch(), Set.of(file));
    topology.others().stream()
        .filter(trigger -> trigger.fires(request))
        .forEach(
            trigger ->
                lines.add(
                    "A pull request that changes it builds %s for a try: %s"
                        .formatted(trigger.run().component(), where(trigger))));
  }

  private static Place where(Trigger trigger) {
    PipelineRun run = trigger.run();
    return run.expression().map(value -> value.place()).orElse(run.place());
  }
}
