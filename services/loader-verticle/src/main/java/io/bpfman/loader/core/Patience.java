package io.bpfman.loader.core;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long the caller of an operation waits for it: until it leaves, and no longer than its
 * deadline. An operation asks before its first step that changes something and before the one that
 * makes the change last; a caller that is gone by then finds nothing changed. Belongs to one call;
 * thread-safe.
 */
public final class Patience {
  private static final ScopedValue<Patience> CURRENT = ScopedValue.newInstance();

  /** Longer ones are none; keeps sums of nanoseconds far from overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final Patience ENDLESS = new Patience(null, () -> 0);

  private final @Nullable Duration limit;
  private final LongSupplier nanoClock;
  private final long begin;
  private volatile Runnable farewell = () -> {};
  private volatile boolean left;

  /**
   * Begins now.
   *
   * @param limit of waiting; null: none
   * @param nanoClock as {@link System#nanoTime}, which goes on while the process is stopped
   */
  public Patience(@Nullable Duration limit, LongSupplier nanoClock) {
    this.limit = limit == null || limit.compareTo(LONGEST) > 0 ? null : limit;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
  }

  /** Of the caller for whom this thread works; endless when it works for none. */
  public static Patience current() {
    return CURRENT.orElse(ENDLESS);
  }

  /** CANCELLED or DEADLINE_EXCEEDED when nobody waits for what this thread does. */
  static void requireCaller() {
    current().require();
  }

  /** Does the work as that of this caller. */
  public <T> T during(Callable<T> work) throws Exception {
    return ScopedValue.where(CURRENT, this).call(work::call);
  }

  /** The caller has left. Idempotent. */
  public void leave() {
    if (!left) {
      left = true;
      farewell.run();
    }
  }

  /**
   * What is to be done when the caller leaves, at once if it has; replaces what was to be done
   * before. Called at most twice should it leave meanwhile.
   */
  public void whenLeft(Runnable done) {
    if (this != ENDLESS) {
      farewell = done;
      if (left) {
        done.run();
      }
    }
  }

  public boolean hasLeft() {
    return left;
  }

  /** CANCELLED or DEADLINE_EXCEEDED when nobody waits any more. */
  public void require() {
    Optional<BpfmanException> over = over();
    if (over.isPresent()) {
      throw over.get();
    }
  }

  private Optional<BpfmanException> over() {
    if (left) {
      return Optional.of(
          FailureCode.CANCELLED.because(
              "the caller gave up before it was done", "nothing of it remains; call again"));
    }
    if (limit != null && nanoClock.getAsLong() - begin >= limit.toNanos()) {
      return Optional.of(
          FailureCode.DEADLINE_EXCEEDED.because(
              "it was not done within the %d ms that the caller gave it"
                  .formatted(limit.toMillis()),
              "nothing of it remains; call again with a longer deadline"));
    }
    return Optional.empty();
  }
}
