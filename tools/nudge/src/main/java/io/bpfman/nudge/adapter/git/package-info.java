/** The history of a git repository. */
@NullMarked
package io.bpfman.nudge.adapter.git;

import org.jspecify.annotations.NullMarked;
