package io.bpfman.operator.core;

import java.time.Instant;

/**
 * Numbers of leaderships. They grow with the wall clock, so that none has to be read from what a
 * node says: a node may lie.
 */
public final class Epochs {
  private Epochs() {}

  /**
   * Milliseconds since 1970, or one more than the last one where a clock was set back.
   *
   * @param last of the leader before; 0: there was none
   */
  public static long next(long last, Instant wall) {
    return Math.max(last + 1, wall.toEpochMilli());
  }
}
