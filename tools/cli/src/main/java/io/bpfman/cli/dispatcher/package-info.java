/** The commands below {@code bpfman dispatcher} and how dispatchers are shown. */
@NullMarked
package io.bpfman.cli.dispatcher;

import org.jspecify.annotations.NullMarked;
