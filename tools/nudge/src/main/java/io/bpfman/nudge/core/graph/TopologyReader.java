package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.GraphRule;
import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.nudge.Components;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import io.bpfman.nudge.core.yaml.YamlFile;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** Reads PipelineRuns and components; what cannot be read becomes a finding, the rest is used. */
public final class TopologyReader {
  private static final String TEKTON = ".tekton/";

  private final SourceTree tree;
  private final String branch;
  private final List<Trigger> pushes = new ArrayList<>();
  private final List<Trigger> others = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private TopologyReader(SourceTree tree, String branch) {
    this.tree = tree;
    this.branch = branch;
  }

  /** {@code componentsFile} may be missing; then nothing nudges anything, which is found. */
  public static Topology read(SourceTree tree, String branch, String componentsFile) {
    TopologyReader reader = new TopologyReader(tree, branch);
    reader.pipelines();
    List<Component> components = reader.components(componentsFile);
    return new Topology(
        branch,
        components,
        List.copyOf(reader.pushes),
        List.copyOf(reader.others),
        List.copyOf(reader.findings));
  }

  private List<Component> components(String file) {
    if (!tree.files().contains(file)) {
      findings.add(
          new Finding(
              GraphRule.NO_COMPONENTS,
              Place.of(file),
              "does not exist, so no nudge edge is known"));
      return List.of();
    }
    try {
      return Components.read(YamlFile.parse(file, tree.text(file)));
    } catch (UnusableInputException e) {
      findings.add(e.finding(file));
      return List.of();
    }
  }

  private void pipelines() {
    for (String path : tree.files()) {
      if (path.startsWith(TEKTON) && path.matches(".+\\.ya?ml")) {
        try {
          YamlFile.parse(path, tree.text(path)).documents().forEach(this::document);
        } catch (UnusableInputException e) {
          findings.add(e.finding(path));
        }
      }
    }
    if (pushes.isEmpty() && others.isEmpty()) {
      findings.add(
          new Finding(
              GraphRule.NO_PIPELINES, Place.of(TEKTON), "has no PipelineRun that can be read"));
    }
  }

  private void document(YamlValue document) {
    if (!PipelineRun.is(document)) {
      return;
    }
    PipelineRun run = new PipelineRun(document);
    if (run.expression().isEmpty() && run.words("on-event").isEmpty()) {
      findings.add(
          new Finding(
              GraphRule.PIPELINE_NEVER,
              run.place(),
              "has neither on-cel-expression nor on-event, so nothing starts it"));
    }
    if (run.component().isEmpty()) {
      findings.add(
          new Finding(
              GraphRule.PIPELINE_COMPONENT,
              run.place(),
              "has no label appstudio.openshift.io/component, so nobody knows what it builds"));
    }
    Trigger trigger = Trigger.of(run);
    if (new PushTest(branch).canFire(trigger)) {
      pushes.add(trigger);
    } else {
      others.add(trigger);
    }
  }
}
