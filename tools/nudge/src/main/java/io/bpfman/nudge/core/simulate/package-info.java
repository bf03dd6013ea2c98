/** Plays builds and nudges over time. */
@NullMarked
package io.bpfman.nudge.core.simulate;

import org.jspecify.annotations.NullMarked;
