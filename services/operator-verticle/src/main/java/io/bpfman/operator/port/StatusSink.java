package io.bpfman.operator.port;

/** Where status goes. One caller at a time. */
public interface StatusSink {
  /** What an earlier process wrote; blocks. */
  StatusSnapshot load();

  /**
   * Makes what is stored equal to {@code snapshot}; touches only what differs; blocks. Idempotent.
   */
  void write(StatusSnapshot snapshot);
}
