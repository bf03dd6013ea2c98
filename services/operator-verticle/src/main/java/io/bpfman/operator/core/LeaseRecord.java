package io.bpfman.operator.core;

import java.time.Instant;

/**
 * A coordination.k8s.io/v1 Lease.
 *
 * @param holder empty when nobody holds it
 * @param durationSeconds how long it is good for after {@code renewed}, by its holder's word
 * @param transitions grows by 1 with every change of the holder
 * @param version resourceVersion that was read; empty for one that is to be made
 */
public record LeaseRecord(
    String holder,
    int durationSeconds,
    Instant acquired,
    Instant renewed,
    long transitions,
    String version) {
  /** Of its holder; larger than that of every holder before. */
  public long epoch() {
    return acquired.toEpochMilli();
  }
}
