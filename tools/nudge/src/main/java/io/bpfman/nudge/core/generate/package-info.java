/** Makes a bundle from manifests, and a catalog from a bundle. */
@NullMarked
package io.bpfman.nudge.core.generate;

import org.jspecify.annotations.NullMarked;
