package io.bpfman.operator.webhook.core;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate holds.
 *
 * @param begin included
 * @param end included
 */
public record Validity(Instant begin, Instant end) {
  /** Clocks of API servers may be behind. */
  private static final Duration EARLIER = Duration.ofHours(1);

  /** From an hour before {@code now}. */
  static Validity of(Instant now, Duration life) {
    return new Validity(now.minus(EARLIER), now.plus(life));
  }

  Validity until(Instant limit) {
    return limit.isBefore(end) ? new Validity(begin, limit) : this;
  }
}
