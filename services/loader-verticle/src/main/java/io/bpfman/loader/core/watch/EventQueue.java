package io.bpfman.loader.core.watch;

import io.bpfman.model.BpfmanException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to one watcher: {@value #CAPACITY} at most, then they are only counted until
 * the watcher has read what is there. Any thread.
 */
public final class EventQueue implements AutoCloseable {
  static final int CAPACITY = 512;

  private final EventHub hub;
  private final Set<LoaderEvent.Kind> kinds;
  private final Runnable signal;
  private final Queue<Entry> entries = new ArrayDeque<>();
  private long sequence;
  private long missed;
  private Instant lastMissed = Instant.EPOCH;
  private boolean live;
  private @Nullable BpfmanException failure;

  /** An event with its number in this queue, from 1. */
  public record Entry(long sequence, Instant at, LoaderEvent event) {}

  /**
   * @param kinds those that are wanted; empty: all
   * @param signal called after something was added or the queue failed, on the thread that did so;
   *     must not block
   */
  EventQueue(EventHub hub, Set<LoaderEvent.Kind> kinds, Runnable signal) {
    this.hub = hub;
    this.kinds = Set.copyOf(kinds);
    this.signal = signal;
  }

  /** Begins with {@link LoaderEvent.Watching}; what came before is not told. */
  void begin(Instant now) {
    synchronized (this) {
      if (live) {
        return;
      }
      live = true;
      entries.add(new Entry(++sequence, now, new LoaderEvent.Watching()));
    }
    signal.run();
  }

  void offer(Instant now, LoaderEvent event) {
    synchronized (this) {
      if (!live || !(kinds.isEmpty() || kinds.contains(event.kind()))) {
        return;
      }
      sequence++;
      if (missed > 0 || entries.size() >= CAPACITY) {
        missed++;
        lastMissed = now;
      } else {
        entries.add(new Entry(sequence, now, event));
      }
    }
    signal.run();
  }

  void fail(BpfmanException reason) {
    synchronized (this) {
      failure = reason;
    }
    signal.run();
  }

  /** The next event; empty when there is none now. */
  public synchronized Optional<Entry> poll() {
    Entry next = entries.poll();
    if (next != null || missed == 0) {
      return Optional.ofNullable(next);
    }
    Entry overflow = new Entry(sequence, lastMissed, new LoaderEvent.Overflow(missed));
    missed = 0;
    return Optional.of(overflow);
  }

  /** Why nothing will be added any more; empty while something may. */
  public synchronized Optional<BpfmanException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Nothing is added any more; the last one that closes stops the watching. Idempotent. */
  @Override
  public void close() {
    hub.remove(this);
  }
}
