package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.pac.Event;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which build leads to which: nudges, the files that they rewrite, and triggers on those files. */
public final class RebuildGraph {
  private final Topology topology;
  private final Map<String, Set<String>> writes = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();

  private RebuildGraph(Topology topology) {
    this.topology = topology;
  }

  /**
   * Evaluates every trigger on the files that each nudge rewrites.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when a trigger or a pattern is broken
   */
  public static RebuildGraph of(SourceTree tree, Topology topology) {
    RebuildGraph graph = new RebuildGraph(topology);
    Writes writes = new Writes(tree, topology);
    for (Component component : topology.components()) {
      graph.writes.put(component.name(), writes.of(component));
    }
    graph.writes.forEach(graph::edges);
    return graph;
  }

  /** What was read. */
  public Topology topology() {
    return topology;
  }

  /** Names of all components, sorted; also those that only a PipelineRun names. */
  public List<String> components() {
    Set<String> names = new TreeSet<>(writes.keySet());
    topology.pushes().forEach(trigger -> names.add(trigger.run().component()));
    return List.copyOf(names);
  }

  /** Files that a nudge of a component rewrites. */
  public Set<String> writes(String component) {
    return writes.getOrDefault(component, Set.of());
  }

  /** All edges, by component. */
  public List<Edge> edges() {
    return List.copyOf(edges);
  }

  /** Edges that start at a component. */
  public List<Edge> edges(String from) {
    return edges.stream().filter(edge -> edge.from().equals(from)).toList();
  }

  /** Components that one push with these files builds. */
  public Set<String> triggered(Set<String> files) {
    Set<String> built = new TreeSet<>();
    if (!files.isEmpty()) {
      topology.pushes().stream()
          .filter(trigger -> trigger.fires(Event.push(topology.branch(), files)))
          .forEach(trigger -> built.add(trigger.run().component()));
    }
    return built;
  }

  /** The shortest loop through each component that closes one; each loop once. */
  public List<List<Edge>> loops() {
    List<List<Edge>> loops = new ArrayList<>();
    Set<Set<Edge>> known = new LinkedHashSet<>();
    for (String component : components()) {
      loop(component).filter(l -> known.add(Set.copyOf(l))).ifPresent(loops::add);
    }
    return loops;
  }

  private void edges(String from, Set<String> files) {
    for (String to : triggered(files)) {
      Trigger trigger = topology.push(to).orElseThrow();
      Set<String> seen = new LinkedHashSet<>();
      for (String file : files) {
        if (trigger.fires(Event.push(topology.branch(), Set.of(file)))) {
          seen.add(file);
        }
      }
      edges.add(new Edge(from, to, seen.isEmpty() ? files : seen));
    }
  }

  /** Breadth first, so that the first way back is a shortest one. */
  private Optional<List<Edge>> loop(String start) {
    List<List<Edge>> paths = new ArrayList<>(edges(start).stream().map(List::of).toList());
    Set<String> reached = new LinkedHashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      List<Edge> path = paths.get(i);
      String end = path.getLast().to();
      if (end.equals(start)) {
        return Optional.of(path);
      }
      if (reached.add(end)) {
        for (Edge next : edges(end)) {
          List<Edge> longer = new ArrayList<>(path);
          longer.add(next);
          paths.add(longer);
        }
      }
    }
    return Optional.empty();
  }
}
