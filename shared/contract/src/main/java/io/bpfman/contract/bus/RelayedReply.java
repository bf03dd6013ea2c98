package io.bpfman.contract.bus;

import io.vertx.core.buffer.Buffer;

/**
 * An answer as it is passed on, unread.
 *
 * @param failed whether {@code payload} is a {@code bus.v1.Failure} in place of the call's answer
 */
public record RelayedReply(boolean failed, Buffer payload) {}
