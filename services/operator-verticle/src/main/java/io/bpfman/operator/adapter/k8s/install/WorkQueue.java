package io.bpfman.operator.adapter.k8s.install;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on keys, one after the other, on a virtual thread of its own. What is added while a key
 * waits is one piece of work; what is added while it runs makes it run once more. A key that fails
 * is tried again with growing delays, which only {@link #hurry} shortens. Thread-safe.
 */
final class WorkQueue<K> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  private final Backoff backoff;
  private final Duration gap;
  private final Work<K> work;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<K, Entry> entries = new HashMap<>();
  private @Nullable Thread worker;
  private boolean closed;

  /** Blocking; may be interrupted when the queue is closed. */
  @FunctionalInterface
  interface Work<K> {
    /**
     * Answers when to run again without anything having been added; empty: not at all.
     *
     * @throws RuntimeException try again after a delay
     */
    Optional<Duration> run(K key);
  }

  /** Times are those of System.nanoTime. */
  private static final class Entry {
    private boolean wanted;
    private long earliest = System.nanoTime();
    private int failures;
    private String told = "";
  }

  /**
   * @param gap between two runs of one key
   */
  WorkQueue(Backoff backoff, Duration gap, Work<K> work) {
    this.backoff = backoff;
    this.gap = gap;
    this.work = work;
  }

  /** Once. */
  void start(String name) {
    worker = Thread.ofVirtual().name(name).start(this::serve);
  }

  /** From any thread; does nothing after the end. */
  void add(K key) {
    lock.lock();
    try {
      entries.computeIfAbsent(key, _ -> new Entry()).wanted = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #add}, and forgets that the key failed: its cause may be gone. */
  void hurry(K key) {
    lock.lock();
    try {
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      entry.failures = 0;
      entry.earliest = System.nanoTime();
      entry.wanted = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts what runs and waits for its end. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    Thread running = worker;
    if (running != null && running != Thread.currentThread()) {
      running.interrupt();
      join(running);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    try {
      Optional<K> next = take();
      while (next.isPresent()) {
        run(next.get());
        next = take();
      }
    } catch (InterruptedException _) {
      LOG.debug("ended");
    }
  }

  /** Waits for a key that is due; empty at the end. */
  private Optional<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Optional<Map.Entry<K, Entry>> first = first();
        if (first.isEmpty()) {
          changed.await();
          continue;
        }
        long left = first.get().getValue().earliest - System.nanoTime();
        if (left <= 0) {
          first.get().getValue().wanted = false;
          return Optional.of(first.get().getKey());
        }
        if (changed.awaitNanos(left) > 0) {
          LOG.trace("something was added");
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Map.Entry<K, Entry>> first() {
    long now = System.nanoTime();
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().wanted)
        .min((a, b) -> Long.compare(a.getValue().earliest - now, b.getValue().earliest - now));
  }

  private void run(K key) {
    try {
      succeeded(key, work.run(key).orElse(null));
    } catch (RuntimeException e) {
      failed(key, e);
    }
  }

  private void succeeded(K key, @Nullable Duration again) {
    lock.lock();
    try {
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      if (entry.failures > 0) {
        LOG.info("{} works again", key);
      }
      entry.failures = 0;
      entry.told = "";
      Duration pause = again == null || entry.wanted ? gap : again;
      entry.earliest = System.nanoTime() + pause.toNanos();
      entry.wanted |= again != null;
    } finally {
      lock.unlock();
    }
  }

  /** The same cause is said once. */
  private void failed(K key, RuntimeException cause) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
      entry.failures++;
      Duration delay = backoff.delay(entry.failures, random);
      entry.earliest = System.nanoTime() + delay.toNanos();
      entry.wanted = true;
      String message = String.valueOf(cause.getMessage());
      if (!message.equals(entry.told)) {
        entry.told = message;
        LOG.warn("{} failed ({}); next try in {} ms", key, message, delay.toMillis());
      }
      LOG.debug("{} failed {} times", key, entry.failures, cause);
    } finally {
      lock.unlock();
    }
  }
}
