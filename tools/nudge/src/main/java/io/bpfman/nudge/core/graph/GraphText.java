package io.bpfman.nudge.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The graph for people, for Graphviz and for Mermaid. */
public final class GraphText {
  private GraphText() {}

  /** One paragraph for each component. */
  public static String text(RebuildGraph graph) {
    List<String> lines = new ArrayList<>();
    for (String name : graph.components()) {
      lines.add(name);
      String files = String.join(", ", graph.writes(name));
      lines.add("  when built, a nudge rewrites: " + (files.isEmpty() ? "nothing" : files));
      for (Edge edge : graph.edges(name)) {
        lines.add(
            "  and that builds: %s (%s)".formatted(edge.to(), String.join(", ", edge.files())));
      }
      Plan plan = Plan.of(graph, new TreeSet<>(List.of(name)));
      lines.add("  one build of it leads to: " + counts(plan));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What a change builds. */
  public static String plan(String what, Plan plan) {
    return "a change of %s builds: %s%n".formatted(what, counts(plan))
        + (plan.redundant() > 0 ? "%d of them are redundant%n".formatted(plan.redundant()) : "");
  }

  /** Graphviz. */
  public static String dot(RebuildGraph graph) {
    StringBuilder out = new StringBuilder("digraph rebuilds {\n  rankdir=LR;\n");
    graph.components().forEach(name -> out.append("  \"%s\" [shape=box];\n".formatted(name)));
    for (Edge edge : graph.edges()) {
      out.append(
          "  \"%s\" -> \"%s\" [label=\"%s\"];\n"
              .formatted(edge.from(), edge.to(), String.join("\\n", edge.files())));
    }
    return out.append("}\n").toString();
  }

  /** Mermaid. */
  public static String mermaid(RebuildGraph graph) {
    StringBuilder out = new StringBuilder("flowchart LR\n");
    List<String> names = graph.components();
    for (int i = 0; i < names.size(); i++) {
      out.append("  c%d[\"%s\"]\n".formatted(i, names.get(i)));
    }
    for (Edge edge : graph.edges()) {
      out.append(
          "  c%d -- \"%s\" --> c%d\n"
              .formatted(
                  names.indexOf(edge.from()),
                  String.join("<br>", edge.files()),
                  names.indexOf(edge.to())));
    }
    return out.toString();
  }

  private static String counts(Plan plan) {
    if (plan.builds().isEmpty()) {
      return "nothing";
    }
    String each =
        plan.builds().entrySet().stream().map(GraphText::count).collect(Collectors.joining(", "));
    return plan.total() == Plan.ENDLESS
        ? each + "; this never ends"
        : "%s; %d builds in all".formatted(each, plan.total());
  }

  private static String count(Map.Entry<String, Integer> entry) {
    return entry.getValue() == Plan.ENDLESS
        ? entry.getKey() + " without end"
        : "%s x%d".formatted(entry.getKey(), entry.getValue());
  }
}
