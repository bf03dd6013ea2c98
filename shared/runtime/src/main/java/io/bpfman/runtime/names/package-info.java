/** How peers are written in settings, and which addresses they have now. */
@NullMarked
package io.bpfman.runtime.names;

import org.jspecify.annotations.NullMarked;
