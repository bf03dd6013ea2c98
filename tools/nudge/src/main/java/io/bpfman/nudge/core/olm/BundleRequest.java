package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.image.ImageReference;
import java.util.List;
import java.util.Map;

/**
 * What to put into a bundle.
 *
 * @param images references by operand; not empty
 * @param version new version; empty to keep it
 * @param containers names of the operator's containers; empty to find them
 */
public record BundleRequest(
    Map<Operand, ImageReference> images, String version, List<String> containers) {}
