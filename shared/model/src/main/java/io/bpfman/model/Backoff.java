package io.bpfman.model;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Delay before a retry: doubles from {@code first} up to {@code limit}, then up to a quarter is
 * taken off at random so that many retriers spread out.
 */
public record Backoff(Duration first, Duration limit) {
  /** Doublings beyond this exceed any sensible limit and would overflow. */
  private static final int MAX_DOUBLINGS = 30;

  /**
   * @param failures consecutive failures so far, 1 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    int doublings = Math.clamp(failures - 1L, 0, MAX_DOUBLINGS);
    long full = Math.min(limit.toMillis(), first.toMillis() << doublings);
    return Duration.ofMillis(full - random.nextLong(full / 4 + 1));
  }
}
