package io.bpfman.nudge.core.simulate;

import io.bpfman.nudge.core.graph.Edge;
import io.bpfman.nudge.core.graph.RebuildGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plays pushes, builds and nudges. Every build succeeds; builds of one component may overlap; an
 * older build that ends after a newer one nudges no more, as in Konflux. With a batch time, nudges
 * are merged together: one wait starts with the first of them, and ends early for none.
 */
public final class Simulation {
  /** A loop would play for ever. */
  private static final int MAX_BUILDS = 10_000;

  private final RebuildGraph graph;
  private final Timing timing;
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
  private final List<Build> builds = new ArrayList<>();
  private final Map<String, Build> merged = new HashMap<>();
  private final Map<String, Long> nudged = new HashMap<>();
  private final Map<String, Build> waiting = new TreeMap<>();
  private final Commits commits = new Commits();
  private long order;
  private long lastChange;
  private int merges;

  private Simulation(RebuildGraph graph, Timing timing) {
    this.graph = graph;
    this.timing = timing;
  }

  /** Plays everything that {@code changes} lead to. */
  public static Outcome run(RebuildGraph graph, List<Change> changes, Timing timing) {
    Simulation simulation = new Simulation(graph, timing);
    for (Change change : changes) {
      simulation.lastChange = Math.max(simulation.lastChange, change.at());
      simulation.at(change.at(), () -> simulation.push(change));
    }
    return simulation.play();
  }

  private Outcome play() {
    while (!steps.isEmpty() && builds.size() < MAX_BUILDS) {
      steps.remove().action().run();
    }
    long end = builds.isEmpty() ? lastChange : builds.getLast().end();
    boolean endless = !steps.isEmpty();
    return new Outcome(List.copyOf(builds), merges, endless ? -1 : Math.max(0, end - lastChange));
  }

  private void at(long time, Runnable action) {
    steps.add(new Step(time, order++, action));
  }

  private void push(Change change) {
    Set<String> built = graph.triggered(change.files());
    commits.add(built);
    built.forEach(name -> start(name, change.at()));
  }

  private void start(String component, long now) {
    Map<String, Integer> inputs = new TreeMap<>();
    boolean mixed = false;
    for (Edge edge : graph.edges()) {
      Build input = merged.get(edge.from());
      if (edge.to().equals(component)) {
        inputs.put(edge.from(), input == null ? 0 : input.commit());
        mixed |= input != null && input.mixed();
      }
    }
    mixed |= inputs.size() > 1 && !commits.belongTogether(inputs);
    long end = now + timing.of(component);
    Build build = new Build(component, now, end, commits.newest(), inputs, mixed);
    at(build.end(), () -> finish(build));
  }

  private void finish(Build build) {
    builds.add(build);
    boolean stale = nudged.getOrDefault(build.component(), -1L) > build.start();
    if (graph.writes(build.component()).isEmpty() || stale) {
      return;
    }
    nudged.put(build.component(), build.start());
    if (timing.batch() == 0) {
      at(build.end() + timing.merge(), () -> merge(Map.of(build.component(), build), build.end()));
      return;
    }
    if (waiting.isEmpty()) {
      at(build.end() + timing.batch(), () -> mergeWaiting(build.end() + timing.batch()));
    }
    waiting.put(build.component(), build);
  }

  private void mergeWaiting(long now) {
    Map<String, Build> batch = new TreeMap<>(waiting);
    waiting.clear();
    at(now + timing.merge(), () -> merge(batch, now));
  }

  /** One merge commit; what it triggers starts when it is there. */
  private void merge(Map<String, Build> batch, long since) {
    merges++;
    Set<String> files = new LinkedHashSet<>();
    batch.forEach(
        (component, build) -> {
          merged.put(component, build);
          files.addAll(graph.writes(component));
        });
    graph.triggered(files).forEach(name -> start(name, since + timing.merge()));
  }

  /** Something that happens at a time; of equal times the first planned comes first. */
  private record Step(long at, long order, Runnable action) {}
}
