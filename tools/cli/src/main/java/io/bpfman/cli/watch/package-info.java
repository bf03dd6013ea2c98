/** {@code bpfman watch}. */
@NullMarked
package io.bpfman.cli.watch;

import org.jspecify.annotations.NullMarked;
