package io.bpfman.operator.core;

import java.time.Duration;

/**
 * Times of a leader election.
 *
 * @param duration how long others wait after the last renewal; whole seconds
 * @param deadline how long the leader goes on without a renewal; shorter than {@code duration}
 * @param retry time between two tries
 */
public record LeaseTimes(Duration duration, Duration deadline, Duration retry) {
  /** Two thirds and two fifteenths of the duration, as controller-runtime's 15, 10 and 2 s. */
  public static LeaseTimes of(Duration duration) {
    return new LeaseTimes(
        duration, duration.multipliedBy(2).dividedBy(3), duration.multipliedBy(2).dividedBy(15));
  }
}
