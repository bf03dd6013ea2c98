package io.bpfman.bench.kube;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits that end. Blocking. */
final class Waiting {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Waiting() {}

  /**
   * Returns as soon as {@code condition} holds.
   *
   * @param state said in the exception: what was there instead
   * @throws IllegalStateException after {@code limit}
   */
  static void until(
      String what, Duration limit, BooleanSupplier condition, Supplier<String> state) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s: not within %d s; it is: %s".formatted(what, limit.toSeconds(), state.get()));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
