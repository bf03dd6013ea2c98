package io.bpfman.contract.bus;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * A request as it is passed on, unread.
 *
 * @param operation random id; the same on every resend
 * @param timeout how long the sender still waits; at least 1 ms
 * @param sender role and node, for log lines only: it is not proven
 * @param action name of the call
 */
public record RelayedCall(
    String operation, Duration timeout, String sender, String action, Buffer payload) {
  /** The same under the name of who is known to have sent it. */
  public RelayedCall from(String provenSender) {
    return new RelayedCall(operation, timeout, provenSender, action, payload);
  }
}
