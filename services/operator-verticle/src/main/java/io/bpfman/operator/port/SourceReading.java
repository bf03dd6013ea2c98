package io.bpfman.operator.port;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import java.util.List;

/**
 * Every application as of one moment.
 *
 * @param applications valid, defaults filled in, names unique, with a generation that grows when
 *     the spec changes
 * @param problems what could not be used
 */
public record SourceReading(
    List<ClusterBpfApplication> applications, List<ManifestProblem> problems) {}
