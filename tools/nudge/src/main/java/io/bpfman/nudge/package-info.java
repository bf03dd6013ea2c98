/**
 * The command bpfman-nudge: image references of the bundle and the catalog, and what rebuilds what.
 */
@NullMarked
package io.bpfman.nudge;

import org.jspecify.annotations.NullMarked;
