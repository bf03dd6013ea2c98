/** The commands below {@code bpfman link} and how links are shown. */
@NullMarked
package io.bpfman.cli.link;

import org.jspecify.annotations.NullMarked;
