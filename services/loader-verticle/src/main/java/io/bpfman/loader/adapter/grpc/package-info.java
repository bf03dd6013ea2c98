/** The socket side of the daemon: gRPC calls to core operations and back. */
@NullMarked
package io.bpfman.loader.adapter.grpc;

import org.jspecify.annotations.NullMarked;
