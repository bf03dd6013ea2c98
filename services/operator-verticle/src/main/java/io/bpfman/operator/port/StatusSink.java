package io.bpfman.operator.port;

/** Where status goes. One caller at a time. */
public interface StatusSink {
  /** What an earlier process wrote; blocks. */
  StatusSnapshot load();

  /**
   * Makes what is stored equal to {@code snapshot}, now or soon; touches only what differs; may
   * block. Idempotent.
   */
  void write(StatusSnapshot snapshot);

  /** Ends what is under way; blocks. Idempotent. */
  default void close() {}
}
