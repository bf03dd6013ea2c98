package io.bpfman.operator.core;

import java.time.Duration;
import java.time.Instant;

/**
 * How often one status may be written: changes of the condition at once, up to a few in a row, and
 * changes of details at intervals. Bounds what something that goes to and fro can cost.
 *
 * @param last time of the latest write
 * @param credit writes that may follow at once
 */
public record WritePace(Instant last, double credit) {
  /** Writes in a row before they are spread out. */
  private static final int BURST = 4;

  /** A spent write comes back after this time. */
  private static final Duration REFILL = Duration.ofSeconds(10);

  public static WritePace fresh() {
    return new WritePace(Instant.EPOCH, BURST);
  }

  /**
   * How long a write has to wait; zero: not at all.
   *
   * @param details shortest time between two writes that leave the condition's type as it is
   * @param typeChanged whether this one changes it
   */
  public Duration delay(Instant now, Duration details, boolean typeChanged) {
    Duration since = Duration.between(last, now);
    Duration forDetails = typeChanged ? Duration.ZERO : positive(details.minus(since));
    double available = creditAt(now);
    Duration forCredit =
        available >= 1
            ? Duration.ZERO
            : Duration.ofMillis((long) ((1 - available) * REFILL.toMillis()) + 1);
    return forDetails.compareTo(forCredit) > 0 ? forDetails : forCredit;
  }

  public WritePace written(Instant now) {
    return new WritePace(now, creditAt(now) - 1);
  }

  private double creditAt(Instant now) {
    double back = (double) Duration.between(last, now).toMillis() / REFILL.toMillis();
    return Math.min(BURST, credit + Math.max(0, back));
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
