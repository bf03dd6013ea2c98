/** What happened, for whoever watches. */
@NullMarked
package io.bpfman.loader.core.watch;

import org.jspecify.annotations.NullMarked;
