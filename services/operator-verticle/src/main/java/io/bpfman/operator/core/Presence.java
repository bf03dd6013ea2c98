package io.bpfman.operator.core;

/** Whether a node is heard of. */
public enum Presence {
  /** Not heard of yet, and not for too long. */
  AWAITED,
  REPORTING,
  /** Not heard of for too long. */
  SILENT
}
