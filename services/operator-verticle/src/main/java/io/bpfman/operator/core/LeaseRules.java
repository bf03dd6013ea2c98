package io.bpfman.operator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may take a lease, as client-go decides it: a lease is over when nobody has renewed it for its
 * duration as seen by this process's own clock, so that clocks that differ do no harm. For one
 * thread.
 */
public final class LeaseRules {
  private static final char SEAT_END = '_';

  private final String identity;
  private final String seat;
  private final LeaseTimes times;
  private @Nullable LeaseRecord seen;
  private Instant seenAt = Instant.EPOCH;

  /**
   * @param identity of this process, different for every start; what stands before its last
   *     underscore, if there is one, is of no other process at the same time
   */
  public LeaseRules(String identity, LeaseTimes times) {
    this.identity = identity;
    this.seat = identity.substring(0, identity.lastIndexOf(SEAT_END) + 1);
    this.times = times;
  }

  /**
   * What to write now; empty: another holds it.
   *
   * @param lease as stored; null: there is none
   * @param now of a clock that never goes back
   * @param wall for the times in the lease; of them only the epoch is made
   */
  public Optional<LeaseRecord> next(@Nullable LeaseRecord lease, Instant now, Instant wall) {
    if (lease == null) {
      return Optional.of(lease(wall, wall, 0, ""));
    }
    if (!lease.equals(seen)) {
      seen = lease;
      seenAt = now;
    }
    if (lease.holder().equals(identity)) {
      return Optional.of(lease(lease.acquired(), wall, lease.transitions(), lease.version()));
    }
    boolean over = !seenAt.plus(Duration.ofSeconds(lease.durationSeconds())).isAfter(now);
    return lease.holder().isEmpty() || over || isPredecessor(lease.holder())
        ? Optional.of(lease(acquired(lease, wall), wall, lease.transitions() + 1, lease.version()))
        : Optional.empty();
  }

  /** Whether the holder is gone for certain, because this process has its place. */
  private boolean isPredecessor(String holder) {
    return !seat.isEmpty() && seat.equals(holder.substring(0, holder.lastIndexOf(SEAT_END) + 1));
  }

  /** The epoch is made of it, so it has to be later than the last one, whatever the clock says. */
  private static Instant acquired(LeaseRecord before, Instant wall) {
    return Instant.ofEpochMilli(Epochs.next(before.epoch(), wall));
  }

  /** The lease given back; empty when it is not this process's. */
  public Optional<LeaseRecord> release(LeaseRecord lease, Instant wall) {
    return holds(lease)
        ? Optional.of(
            new LeaseRecord("", 1, lease.acquired(), wall, lease.transitions(), lease.version()))
        : Optional.empty();
  }

  public boolean holds(@Nullable LeaseRecord lease) {
    return lease != null && lease.holder().equals(identity);
  }

  private LeaseRecord lease(Instant acquired, Instant renewed, long transitions, String version) {
    return new LeaseRecord(
        identity,
        Math.toIntExact(times.duration().toSeconds()),
        acquired,
        renewed,
        transitions,
        version);
  }
}
