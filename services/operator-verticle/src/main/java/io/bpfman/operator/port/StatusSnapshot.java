package io.bpfman.operator.port;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.core.NodeState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All status as of one moment: applications with their conditions, one state object for each
 * application and node, and problems of the source.
 *
 * @param byApplication states; a list and what is in it stay the same instances for as long as they
 *     say the same
 */
public record StatusSnapshot(
    List<ReportedApplication> applications,
    Map<ApplicationKey, List<NodeState>> byApplication,
    List<ManifestProblem> problems) {
  public static StatusSnapshot empty() {
    return of(List.of(), List.of(), List.of());
  }

  /** With states in any order. */
  public static StatusSnapshot of(
      List<ReportedApplication> applications,
      List<NodeState> states,
      List<ManifestProblem> problems) {
    return new StatusSnapshot(
        applications,
        states.stream()
            .collect(
                Collectors.groupingBy(
                    NodeState::application, LinkedHashMap::new, Collectors.toList())),
        problems);
  }

  /** Of all applications. */
  public List<NodeState> states() {
    return byApplication.values().stream().flatMap(List::stream).toList();
  }
}
