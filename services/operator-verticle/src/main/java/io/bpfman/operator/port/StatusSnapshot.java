package io.bpfman.operator.port;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import java.util.List;

/**
 * All status as of one moment: applications with their conditions, one state object for each
 * application and node, and problems of the source.
 */
public record StatusSnapshot(
    List<ClusterBpfApplication> applications,
    List<ClusterBpfApplicationState> states,
    List<ManifestProblem> problems) {

  public static StatusSnapshot empty() {
    return new StatusSnapshot(List.of(), List.of(), List.of());
  }
}
