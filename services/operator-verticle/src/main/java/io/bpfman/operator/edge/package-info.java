/** Speaks on the bus for nodes that are no members: one gRPC stream over mutual TLS for each. */
@NullMarked
package io.bpfman.operator.edge;

import org.jspecify.annotations.NullMarked;
