package io.bpfman.api.manifest;

import org.jspecify.annotations.Nullable;

/** Text that cannot be taken apart; leaves this package as a {@link ManifestProblem} only. */
final class ManifestSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ManifestProblem problem;

  ManifestSyntaxException(ManifestProblem problem, @Nullable Throwable cause) {
    super(problem.describe(), cause);
    this.problem = problem;
  }

  ManifestProblem problem() {
    return problem;
  }
}
