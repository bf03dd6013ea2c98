package io.bpfman.operator.pki.core;

import java.time.Duration;
import java.time.Instant;

/**
 * When a certificate holds.
 *
 * @param begin included
 * @param end included
 */
public record Validity(Instant begin, Instant end) {
  /** Clocks of others may be behind. */
  private static final Duration EARLIER = Duration.ofHours(1);

  private static final int SHARE = 10;

  /** From a little before {@code now}; see {@link #early}. */
  public static Validity of(Instant now, Duration life) {
    return new Validity(now.minus(early(life)), now.plus(life));
  }

  /** How long before its making a certificate begins: an hour, or a tenth of a shorter life. */
  public static Duration early(Duration life) {
    Duration share = life.dividedBy(SHARE);
    return share.compareTo(EARLIER) < 0 ? share : EARLIER;
  }

  /** Cut at {@code limit}. */
  public Validity until(Instant limit) {
    return limit.isBefore(end) ? new Validity(begin, limit) : this;
  }
}
