/** What the operator asks of the world. */
@NullMarked
package io.bpfman.operator.port;

import org.jspecify.annotations.NullMarked;
