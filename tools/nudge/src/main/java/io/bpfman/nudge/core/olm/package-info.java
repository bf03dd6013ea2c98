/** Bundles and catalogs of the Operator Lifecycle Manager. */
@NullMarked
package io.bpfman.nudge.core.olm;

import org.jspecify.annotations.NullMarked;
