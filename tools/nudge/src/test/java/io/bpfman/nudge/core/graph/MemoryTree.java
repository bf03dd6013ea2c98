package io.bpfman.nudge.core.graph;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A repository in memory, with builders for the files that the graph reads. */
public final class MemoryTree implements SourceTree {
  private final Map<String, String> files = new TreeMap<>();

  public MemoryTree file(String path, String text) {
    files.put(path, text);
    return this;
  }

  /** A component, its push PipelineRun and, in repository quay.io/x/NAME, its nudge file. */
  public MemoryTree component(String name, String nudgeFiles, String cel, String... nudges) {
    String annotation =
        nudgeFiles == null
            ? ""
            : "    build.appstudio.openshift.io/build-nudge-files: '" + nudgeFiles + "'\n";
    file(
        ".tekton/" + name + "-push.yaml",
        """
        kind: PipelineRun
        metadata:
          name: %s-on-push
          annotations:
        %s    pipelinesascode.tekton.dev/on-cel-expression: >-
              %s
          labels:
            appstudio.openshift.io/component: %s
        """
            .formatted(name, annotation, cel, name));
    String declared = files.getOrDefault("nudge-files/components.yaml", "");
    file(
        "nudge-files/components.yaml",
        declared
            + "---\nkind: Component\nspec:\n  componentName: %s\n  containerImage: quay.io/x/%s\n"
                .formatted(name, name)
            + "  build-nudges-ref: [%s]\n".formatted(String.join(", ", nudges)));
    return this;
  }

  public MemoryTree reference(String path, String component) {
    return file(path, "quay.io/x/%s@sha256:%s\n".formatted(component, "1".repeat(64)));
  }

  public Topology topology() {
    return TopologyReader.read(this, "main", "nudge-files/components.yaml");
  }

  public RebuildGraph graph() {
    return RebuildGraph.of(this, topology());
  }

  public List<String> rules() {
    return GraphRules.check(this, graph(), "nudge-files").stream()
        .map(finding -> finding.rule().id())
        .sorted()
        .distinct()
        .toList();
  }

  public String messages() {
    return String.join(
        "\n",
        GraphRules.check(this, graph(), "nudge-files").stream().map(Object::toString).toList());
  }

  @Override
  public List<String> files() {
    return List.copyOf(files.keySet());
  }

  @Override
  public String text(String path) {
    return files.get(path);
  }
}
