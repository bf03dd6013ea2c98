/** What the kernel demands of a map, and why it refuses one. Pure. */
@NullMarked
package io.bpfman.loader.core.mapdef;

import org.jspecify.annotations.NullMarked;
