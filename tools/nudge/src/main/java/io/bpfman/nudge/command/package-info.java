/** The words of the command line. */
@NullMarked
package io.bpfman.nudge.command;

import org.jspecify.annotations.NullMarked;
