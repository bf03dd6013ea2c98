package io.bpfman.contract.bus;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.time.Duration;

/**
 * One kind of request.
 *
 * @param action name in the header
 * @param mutating changes something; no uplink passes it on to a loader
 * @param timeout from sending to the answer
 */
record BusCall<Q extends MessageLite, R extends MessageLite>(
    String action, Parser<Q> request, Parser<R> reply, boolean mutating, Duration timeout) {
  /** For everything that only looks or hands over state. */
  static final Duration CONTROL_TIMEOUT = Duration.ofSeconds(5);

  /** For what makes the kernel work, or pulls an image. */
  static final Duration MUTATION_TIMEOUT = Duration.ofSeconds(60);

  static <Q extends MessageLite, R extends MessageLite> BusCall<Q, R> reading(
      String action, Parser<Q> request, Parser<R> reply) {
    return new BusCall<>(action, request, reply, false, CONTROL_TIMEOUT);
  }

  static <Q extends MessageLite, R extends MessageLite> BusCall<Q, R> mutating(
      String action, Parser<Q> request, Parser<R> reply) {
    return new BusCall<>(action, request, reply, true, MUTATION_TIMEOUT);
  }
}
