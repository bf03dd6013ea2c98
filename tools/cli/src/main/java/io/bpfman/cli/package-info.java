/** The command line: words and flags, the connection to the daemon, and how errors are shown. */
@NullMarked
package io.bpfman.cli;

import org.jspecify.annotations.NullMarked;
