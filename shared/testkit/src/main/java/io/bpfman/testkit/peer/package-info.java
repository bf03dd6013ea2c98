/** Programs that others wrote, as ends of our protocols. */
@NullMarked
package io.bpfman.testkit.peer;

import org.jspecify.annotations.NullMarked;
