/** The uplink of a node that no operator trusts: one gRPC stream over mutual TLS. */
@NullMarked
package io.bpfman.node.adapter.edge;

import org.jspecify.annotations.NullMarked;
