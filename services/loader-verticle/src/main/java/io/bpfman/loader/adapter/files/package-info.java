/** Files of the daemon's own. */
@NullMarked
package io.bpfman.loader.adapter.files;

import org.jspecify.annotations.NullMarked;
