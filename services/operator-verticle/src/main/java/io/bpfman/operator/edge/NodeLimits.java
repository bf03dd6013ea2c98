package io.bpfman.operator.edge;

import io.bpfman.operator.edge.core.Allowance;

/**
 * What one node may send, over all of its connections. A report of a thousand applications has 600
 * KB and a node sends one every 5 s or when something changed; a map dump that somebody asked for
 * has up to 16 MiB.
 */
final class NodeLimits {
  private static final double MESSAGES_PER_SECOND = 100;
  private static final double MESSAGES_AT_ONCE = 1_000;
  private static final double BYTES_PER_SECOND = 2 << 20;
  private static final double BYTES_AT_ONCE = 64 << 20;

  /** Reports that wait for the leader. */
  static final int REPORTS_AT_ONCE = 16;

  private final Allowance messages =
      new Allowance(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE, System.nanoTime());
  private final Allowance bytes = new Allowance(BYTES_PER_SECOND, BYTES_AT_ONCE, System.nanoTime());

  /** Counts one message; false when it is one too many. */
  boolean take(int size) {
    long now = System.nanoTime();
    return messages.take(1, now) && bytes.take(size, now);
  }

  static String describe() {
    return "a node may send %.0f messages and %.0f MiB a second"
        .formatted(MESSAGES_PER_SECOND, BYTES_PER_SECOND / (1 << 20));
  }
}
