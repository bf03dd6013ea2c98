package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a manifest says.
 *
 * @param applications in file order, defaults filled in; not to be used when there are problems
 * @param problems in file order; empty for a good manifest
 */
public record ManifestContent(
    List<ClusterBpfApplication> applications, List<ManifestProblem> problems) {
  /** More than this many lines help nobody. */
  private static final int SHOWN = 20;

  /**
   * Throws {@link FailureCode#MANIFEST_INVALID} with one line for each problem when there are any.
   */
  public List<ClusterBpfApplication> orThrow() {
    if (problems.isEmpty()) {
      return applications;
    }
    throw invalid(problems);
  }

  static BpfmanException invalid(List<ManifestProblem> problems) {
    String lines =
        problems.stream()
            .limit(SHOWN)
            .map(ManifestProblem::describe)
            .collect(Collectors.joining("\n"));
    int hidden = problems.size() - SHOWN;
    return FailureCode.MANIFEST_INVALID.because(
        hidden > 0 ? lines + "\nand " + hidden + " more" : lines);
  }
}
