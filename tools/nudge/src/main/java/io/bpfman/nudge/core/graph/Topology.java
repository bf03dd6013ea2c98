package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.List;
import java.util.Optional;

/**
 * What was read of a repository.
 *
 * @param branch the branch whose pushes count
 * @param components what the cluster knows
 * @param pushes triggers of PipelineRuns that can start on a push to the branch
 * @param others triggers of the other PipelineRuns
 * @param findings what could not be read
 */
public record Topology(
    String branch,
    List<Component> components,
    List<Trigger> pushes,
    List<Trigger> others,
    List<Finding> findings) {
  /** The component of a name. */
  public Optional<Component> component(String name) {
    return components.stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** The PipelineRun that builds a component on a push. */
  public Optional<Trigger> push(String component) {
    return pushes.stream().filter(t -> t.run().component().equals(component)).findFirst();
  }
}
