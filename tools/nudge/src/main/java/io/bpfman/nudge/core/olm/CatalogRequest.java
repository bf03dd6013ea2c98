package io.bpfman.nudge.core.olm;

import io.bpfman.nudge.core.image.ImageReference;
import org.jspecify.annotations.Nullable;

/**
 * What to put into a catalog.
 *
 * @param image reference of the bundle
 * @param operator reference of the operator; null to leave it to the bundle
 * @param bundle the bundle to render from; null to set references only
 * @param name name of the olm.bundle; empty to find it by bundle or by repository
 */
public record CatalogRequest(
    ImageReference image,
    @Nullable ImageReference operator,
    @Nullable Bundle bundle,
    String name) {}
