package io.bpfman.nudge.core.graph;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one change rebuilds, when every build succeeds and every nudge is merged by itself.
 *
 * @param direct components that the change itself builds
 * @param builds number of builds by component; {@link #ENDLESS} in and behind a loop
 */
public record Plan(Set<String> direct, Map<String, Integer> builds) {
  /** Builds that never stop. */
  public static final int ENDLESS = -1;

  /** The plan for a push with these files. */
  public static Plan ofFiles(RebuildGraph graph, Set<String> files) {
    return of(graph, graph.triggered(files));
  }

  /** The plan for builds of these components. */
  public static Plan of(RebuildGraph graph, Set<String> direct) {
    Map<String, Integer> builds = new TreeMap<>();
    Set<String> endless = endless(graph, direct);
    for (String name : order(graph, direct)) {
      int count = direct.contains(name) ? 1 : 0;
      for (Edge edge : graph.edges()) {
        if (edge.to().equals(name)) {
          count += Math.max(0, builds.getOrDefault(edge.from(), 0));
        }
      }
      builds.put(name, endless.contains(name) ? ENDLESS : count);
    }
    return new Plan(new TreeSet<>(direct), builds);
  }

  /** Number of all builds; {@link #ENDLESS} when there is no end. */
  public int total() {
    boolean endless = builds.containsValue(ENDLESS);
    return endless ? ENDLESS : builds.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Builds of a component beyond the first. */
  public int redundant() {
    return builds.values().stream().mapToInt(count -> Math.max(0, count - 1)).sum();
  }

  private static Set<String> endless(RebuildGraph graph, Set<String> direct) {
    Set<String> reached = reach(graph, direct);
    Set<String> inLoop = new TreeSet<>();
    graph.loops().forEach(loop -> loop.forEach(edge -> inLoop.add(edge.from())));
    inLoop.retainAll(reached);
    return reach(graph, inLoop);
  }

  private static Set<String> reach(RebuildGraph graph, Set<String> from) {
    Set<String> reached = new LinkedHashSet<>(from);
    List<String> open = new ArrayList<>(from);
    while (!open.isEmpty()) {
      for (Edge edge : graph.edges(open.removeLast())) {
        if (reached.add(edge.to())) {
          open.add(edge.to());
        }
      }
    }
    return reached;
  }

  /** Every component that is reached, each after those that lead to it where there is no loop. */
  private static List<String> order(RebuildGraph graph, Set<String> direct) {
    List<String> order = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    direct.forEach(name -> visit(graph, name, seen, order));
    return order.reversed();
  }

  private static void visit(RebuildGraph graph, String name, Set<String> seen, List<String> order) {
    if (seen.add(name)) {
      graph.edges(name).forEach(edge -> visit(graph, edge.to(), seen, order));
      order.add(name);
    }
  }
}
