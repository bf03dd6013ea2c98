package io.bpfman.loader.core;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts loads from before the kernel is asked until they are recorded: maps that they share by
 * name are pinned and belong to nobody meanwhile. Thread-safe.
 */
final class LoadsUnderWay {
  private final AtomicInteger count = new AtomicInteger();

  void begin() {
    count.incrementAndGet();
  }

  void end() {
    count.decrementAndGet();
  }

  boolean any() {
    return count.get() != 0;
  }
}
