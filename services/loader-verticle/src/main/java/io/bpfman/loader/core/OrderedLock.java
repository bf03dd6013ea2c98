package io.bpfman.loader.core;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * A lock that knows its place in the order of taking. Who takes one before another that he holds
 * gets an IllegalStateException instead of a deadlock that needs a second thread to show.
 */
final class OrderedLock {
  /** Kinds in the order of taking. */
  enum Rank {
    ALONE,
    PROGRAM,
    MAP_SETS,
    SHARED_MAPS,
    HOOK
  }

  /** Whether others may hold it too. */
  enum Mode {
    SHARED,
    EXCLUSIVE
  }

  /**
   * Which lock.
   *
   * @param number order among those of the same rank
   */
  record Position(Rank rank, int number) {
    boolean isBefore(Position other) {
      return rank == other.rank ? number < other.number : rank.compareTo(other.rank) < 0;
    }
  }

  private final Position position;
  private final Mode mode;
  private final Lock lock;
  private final ThreadLocal<List<OrderedLock>> held;

  /**
   * @param held what the calling thread holds of all locks that are in one order
   */
  OrderedLock(Position position, Mode mode, Lock lock, ThreadLocal<List<OrderedLock>> held) {
    this.position = position;
    this.mode = mode;
    this.lock = lock;
    this.held = held;
  }

  /** Waits for it. */
  void lock() {
    if (!isHeld()) {
      held.get().forEach(this::requireBefore);
    }
    lock.lock();
    held.get().add(this);
  }

  void unlock() {
    held.get().remove(held.get().lastIndexOf(this));
    lock.unlock();
  }

  <T> T holding(Supplier<T> work) {
    lock();
    try {
      return work.get();
    } finally {
      unlock();
    }
  }

  /** Whether the calling thread has it already, in this mode or a stricter one. */
  boolean isHeld() {
    return held.get().stream()
        .anyMatch(
            one ->
                one.position.equals(position)
                    && (one.mode == Mode.EXCLUSIVE || mode == Mode.SHARED));
  }

  private void requireBefore(OrderedLock one) {
    if (!one.position.isBefore(position)) {
      throw new IllegalStateException(
          "%s is taken while %s is held, which two threads could do crosswise"
              .formatted(this, one));
    }
  }

  @Override
  public String toString() {
    return "%s lock %s %d".formatted(mode, position.rank(), position.number());
  }
}
