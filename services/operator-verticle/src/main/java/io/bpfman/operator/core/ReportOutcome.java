package io.bpfman.operator.core;

/**
 * What a report meant.
 *
 * @param joined the node is new, or back after a silence
 * @param wantFull the operator's copy is not what the node observes
 * @param changed something that status shows, or that decides what the node must hold, may have
 *     changed
 */
public record ReportOutcome(boolean joined, boolean wantFull, boolean changed) {}
