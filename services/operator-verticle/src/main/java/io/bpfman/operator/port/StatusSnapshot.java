package io.bpfman.operator.port;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.operator.core.NodeState;
import java.util.List;

/**
 * All status as of one moment: applications with their conditions, one state object for each
 * application and node, and problems of the source.
 *
 * @param states the same instance for as long as it says the same
 */
public record StatusSnapshot(
    List<ReportedApplication> applications,
    List<NodeState> states,
    List<ManifestProblem> problems) {
  public static StatusSnapshot empty() {
    return new StatusSnapshot(List.of(), List.of(), List.of());
  }
}
