/** The privileged process: puts core, adapters and socket together. */
@NullMarked
package io.bpfman.loader.daemon;

import org.jspecify.annotations.NullMarked;
