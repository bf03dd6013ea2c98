package io.bpfman.contract.bus;

import io.bpfman.model.FailureCode;
import io.vertx.core.MultiMap;

/**
 * What the headers of a request say.
 *
 * @param operation random id of the operation; the same on every resend
 * @param deadlineMillis Unix time in milliseconds after which nobody waits for the answer
 * @param version protocol version of the sender
 * @param sender role and node, for log lines only: it is not proven
 * @param action see {@link BusCall#action}
 */
record Envelope(String operation, long deadlineMillis, int version, String sender, String action) {
  /** Raised when a change would make an older peer misunderstand a message. */
  static final int VERSION = 1;

  private static final String OPERATION_HEADER = "bpfman-operation";
  private static final String DEADLINE_HEADER = "bpfman-deadline";
  private static final String VERSION_HEADER = "bpfman-version";
  private static final String SENDER_HEADER = "bpfman-sender";
  private static final String ACTION_HEADER = "bpfman-action";

  void write(MultiMap headers) {
    headers
        .set(OPERATION_HEADER, operation)
        .set(DEADLINE_HEADER, Long.toString(deadlineMillis))
        .set(VERSION_HEADER, Integer.toString(version))
        .set(SENDER_HEADER, sender)
        .set(ACTION_HEADER, action);
  }

  /**
   * @throws io.bpfman.model.BpfmanException INVALID_REQUEST when a header is missing or no number,
   *     or the version is another one
   */
  static Envelope read(MultiMap headers) {
    long version = number(headers, VERSION_HEADER);
    if (version != VERSION) {
      throw FailureCode.INVALID_REQUEST.because(
          "bus protocol version %d is not spoken here, only %d".formatted(version, VERSION),
          "run the same release of bpfman on every node");
    }
    return new Envelope(
        text(headers, OPERATION_HEADER),
        number(headers, DEADLINE_HEADER),
        VERSION,
        text(headers, SENDER_HEADER),
        text(headers, ACTION_HEADER));
  }

  private static String text(MultiMap headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      throw FailureCode.INVALID_REQUEST.because(
          "a bus message lacks the header " + name, "send it through the typed clients");
    }
    return value;
  }

  private static long number(MultiMap headers, String name) {
    String value = text(headers, name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "header %s of a bus message is \"%s\", not a number".formatted(name, value), "", e);
    }
  }
}
