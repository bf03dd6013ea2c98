package io.bpfman.api.manifest;

import java.util.List;

/** Content of {@link ManifestLayout#problems}. */
public record ManifestProblems(List<ManifestProblem> problems) {}
