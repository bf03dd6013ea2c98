package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/** Observed state of a recorded link. */
public sealed interface LinkHealth {

  /** Pinned, known to the kernel and on its attach point. */
  record Attached() implements LinkHealth {}

  /** The pin was removed by somebody else, so the kernel let go of the link. */
  record PinMissing(String reason) implements LinkHealth {}

  /** The pin is there but the attach point is gone. */
  record Detached(String reason) implements LinkHealth {}

  /**
   * Attached where it was put, which its attach point no longer names: an interface that was
   * renamed, a file that was replaced, a process that ended.
   *
   * @param interfaceNow name of the interface that it is on; null when it is on none, when only the
   *     namespace's name changed, or when nobody can tell
   */
  record Outdated(String reason, @Nullable String interfaceNow) implements LinkHealth {}

  /** Whether the kernel runs its program, be it on what its attach point no longer names. */
  default boolean runs() {
    return this instanceof Attached || this instanceof Outdated;
  }
}
