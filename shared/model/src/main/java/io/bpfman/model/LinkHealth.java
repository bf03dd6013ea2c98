package io.bpfman.model;

/** Observed state of a recorded link. */
public sealed interface LinkHealth {

  /** Pinned, known to the kernel and on its attach point. */
  record Attached() implements LinkHealth {}

  /** The pin was removed by somebody else, so the kernel let go of the link. */
  record PinMissing(String reason) implements LinkHealth {}

  /** The pin is there but the attach point is gone. */
  record Detached(String reason) implements LinkHealth {}

  /**
   * Attached, but to something that its attach point no longer names: a file that was replaced, a
   * process that ended.
   */
  record Outdated(String reason) implements LinkHealth {}
}
