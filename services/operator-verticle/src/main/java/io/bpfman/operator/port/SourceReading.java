package io.bpfman.operator.port;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.operator.core.ManagedApplication;
import io.bpfman.operator.core.PodChoices;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every application as of one moment.
 *
 * @param applications keys unique; a generation grows when the spec changes; the same instance for
 *     as long as nothing but the status changed, where the source can tell
 * @param roster labels of every node by its name; empty when the source knows no nodes, so that
 *     those count that report
 * @param pods that the applications' links select
 * @param problems what could not be used
 */
public record SourceReading(
    List<ManagedApplication> applications,
    Optional<Map<String, Map<String, String>>> roster,
    PodChoices pods,
    List<ManifestProblem> problems) {}
