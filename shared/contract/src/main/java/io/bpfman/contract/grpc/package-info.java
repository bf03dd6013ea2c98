/** The daemon's socket: a typed client, and failures as gRPC statuses. */
@NullMarked
package io.bpfman.contract.grpc;

import org.jspecify.annotations.NullMarked;
