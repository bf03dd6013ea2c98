/** Nudge files and the components that they belong to. */
@NullMarked
package io.bpfman.nudge.core.nudge;

import org.jspecify.annotations.NullMarked;
