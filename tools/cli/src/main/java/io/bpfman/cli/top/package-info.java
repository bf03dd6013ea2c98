/** {@code bpfman top}. */
@NullMarked
package io.bpfman.cli.top;

import org.jspecify.annotations.NullMarked;
