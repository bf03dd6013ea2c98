/**
 * The event bus: addresses, typed clients and consumers. One protobuf message per payload;
 * everything else is in headers.
 */
@NullMarked
package io.bpfman.contract.bus;

import org.jspecify.annotations.NullMarked;
