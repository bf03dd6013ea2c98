/** The matched-set rule on a snapshot. */
@NullMarked
package io.bpfman.nudge.core.snapshot;

import org.jspecify.annotations.NullMarked;
