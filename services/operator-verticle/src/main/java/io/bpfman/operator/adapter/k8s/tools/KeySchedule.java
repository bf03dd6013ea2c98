package io.bpfman.operator.adapter.k8s.tools;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which key is to be worked on when. Times are nanoseconds since any one moment. Not thread-safe.
 */
final class KeySchedule<K> {
  private final Backoff backoff;
  private final Duration gap;
  private final RandomGenerator random;
  private final Map<K, Entry<K>> entries = new HashMap<>();
  private final TreeSet<Entry<K>> waiting =
      new TreeSet<>(
          Comparator.<Entry<K>>comparingLong(entry -> entry.due)
              .thenComparingLong(entry -> entry.turn));
  private long turns;

  /** A key that waits, for work or only for the end of its gap, or that runs. */
  private static final class Entry<K> {
    private final K key;
    private boolean running;
    private boolean wanted;

    /** It cannot be due before. */
    private long rested;

    /** Together with the turn the place among those that wait; set by {@code place} only. */
    private long due;

    private long turn;
    private int failures;
    private String told = "";

    private Entry(K key, long now) {
      this.key = key;
      this.rested = now;
      this.due = Long.MAX_VALUE;
    }
  }

  /**
   * A run that failed.
   *
   * @param delay until the next
   * @param failures one after the other, with this one
   * @param news whether the last one failed for another cause, or did not fail
   */
  record Failure(Duration delay, int failures, boolean news) {}

  KeySchedule(Backoff backoff, Duration gap, RandomGenerator random) {
    this.backoff = backoff;
    this.gap = gap;
    this.random = random;
  }

  /** There is work for it: at once, or when it has rested. */
  void add(K key, long now) {
    want(entries.computeIfAbsent(key, _ -> new Entry<>(key, now)), now);
  }

  /** As {@link #add}, and forgets that the key failed or has to rest. */
  void hurry(K key, long now) {
    Entry<K> entry = entries.computeIfAbsent(key, _ -> new Entry<>(key, now));
    entry.failures = 0;
    entry.rested = now;
    want(entry, now);
  }

  private void want(Entry<K> entry, long now) {
    entry.wanted = true;
    long due = Math.max(entry.rested, now);
    if (!entry.running && due < entry.due) {
      place(entry, due);
    }
  }

  private void place(Entry<K> entry, long due) {
    waiting.remove(entry);
    entry.due = due;
    entry.turn = turns++;
    waiting.add(entry);
  }

  /** A key to work on now, which then runs until it succeeds or fails; empty: none is due. */
  Optional<K> take(long now) {
    while (!waiting.isEmpty() && waiting.first().due <= now) {
      Entry<K> first = waiting.removeFirst();
      if (first.wanted) {
        first.wanted = false;
        first.running = true;
        return Optional.of(first.key);
      }
      entries.remove(first.key);
    }
    return Optional.empty();
  }

  /** Until {@link #take} is worth while, if nothing is added; empty: for ever. */
  Optional<Duration> delay(long now) {
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(waiting.first().due - now));
  }

  /**
   * Answers whether it works again after it had failed.
   *
   * @param again when to run again though nothing is added; null: not at all
   */
  boolean succeeded(K key, @Nullable Duration again, long now) {
    Entry<K> entry = ended(key);
    boolean recovered = !entry.told.isEmpty();
    entry.failures = 0;
    entry.told = "";
    entry.rested = now + gap.toNanos();
    if (entry.wanted || again == null) {
      place(entry, entry.rested);
    } else {
      entry.wanted = true;
      place(entry, now + again.toNanos());
    }
    return recovered;
  }

  /**
   * @param cause compared with that of the failure before
   */
  Failure failed(K key, String cause, long now) {
    Entry<K> entry = ended(key);
    entry.failures++;
    entry.wanted = true;
    Duration delay = backoff.delay(entry.failures, random);
    entry.rested = now + delay.toNanos();
    place(entry, entry.rested);
    boolean news = !cause.equals(entry.told);
    entry.told = cause;
    return new Failure(delay, entry.failures, news);
  }

  private Entry<K> ended(K key) {
    Entry<K> entry = Objects.requireNonNull(entries.get(key), "a key that does not run");
    entry.running = false;
    return entry;
  }
}
