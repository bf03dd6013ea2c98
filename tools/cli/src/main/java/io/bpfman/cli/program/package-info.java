/** The commands below {@code bpfman program} and how programs are shown. */
@NullMarked
package io.bpfman.cli.program;

import org.jspecify.annotations.NullMarked;
