/** What rebuilds what. */
@NullMarked
package io.bpfman.nudge.core.graph;

import org.jspecify.annotations.NullMarked;
