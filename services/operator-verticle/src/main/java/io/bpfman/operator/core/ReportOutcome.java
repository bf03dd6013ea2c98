package io.bpfman.operator.core;

/**
 * What a report meant.
 *
 * @param joined the node is new, or back after a silence
 * @param wantFull the operator's copy is not what the node observes
 * @param changed something that status shows, or that decides what the node must hold, may have
 *     changed
 * @param unknown the node is none of the cluster's
 */
public record ReportOutcome(boolean joined, boolean wantFull, boolean changed, boolean unknown) {
  static ReportOutcome stranger() {
    return new ReportOutcome(false, false, false, true);
  }
}
