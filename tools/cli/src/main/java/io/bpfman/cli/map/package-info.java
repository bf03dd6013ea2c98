/** The commands below {@code bpfman map}. */
@NullMarked
package io.bpfman.cli.map;

import org.jspecify.annotations.NullMarked;
