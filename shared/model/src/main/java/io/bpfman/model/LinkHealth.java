package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/** Observed state of a recorded link. */
public sealed interface LinkHealth {

  /** Pinned, known to the kernel and on its attach point. */
  record Attached() implements LinkHealth {}

  /**
   * Attached where it was put, which has another name now: what was asked for by name is somewhere
   * else, or nowhere.
   *
   * @param interfaceName of the interface that it is on now; null when only the namespace's name
   *     changed, or nobody can tell
   */
  record Moved(String reason, @Nullable String interfaceName) implements LinkHealth {}

  /** The pin was removed by somebody else, so the kernel let go of the link. */
  record PinMissing(String reason) implements LinkHealth {}

  /** The pin is there but the attach point is gone. */
  record Detached(String reason) implements LinkHealth {}

  /**
   * Attached, but to something that its attach point no longer names: a file that was replaced, a
   * process that ended.
   */
  record Outdated(String reason) implements LinkHealth {}

  /** Whether the kernel runs its program, be it on what its attach point no longer names. */
  default boolean runs() {
    return this instanceof Attached || this instanceof Moved || this instanceof Outdated;
  }
}
