/** What is wrong, and where. */
@NullMarked
package io.bpfman.nudge.core;

import org.jspecify.annotations.NullMarked;
