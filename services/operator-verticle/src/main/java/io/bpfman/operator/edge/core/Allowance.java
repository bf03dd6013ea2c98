package io.bpfman.operator.edge.core;

/** A bucket that fills with time: what a node may send on average, and at once. Of one thread. */
public final class Allowance {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double most;
  private double left;
  private long at;

  /**
   * Full at first.
   *
   * @param perSecond units that are added each second
   * @param most units that it holds
   * @param nanos now, of a steady clock
   */
  public Allowance(double perSecond, double most, long nanos) {
    this.perSecond = perSecond;
    this.most = most;
    this.left = most;
    this.at = nanos;
  }

  /** Takes {@code units} when there are as many; else takes nothing and answers false. */
  public boolean take(double units, long nanos) {
    left = Math.min(most, left + (nanos - at) / NANOS * perSecond);
    at = nanos;
    if (units > left) {
      return false;
    }
    left -= units;
    return true;
  }
}
