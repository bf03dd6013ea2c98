package io.bpfman.operator.adapter.k8s.tools;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on keys, each at most once at a time, on virtual threads of its own. What is added while a
 * key waits is one piece of work; what is added while it runs makes it run once more. A key that
 * fails is tried again with growing delays, which only {@link #hurry} shortens, and delays no
 * other. Thread-safe.
 */
public final class KeyQueue<K> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyQueue.class);

  private final int parallel;
  private final Work<K> work;
  private final List<Thread> workers = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long origin = System.nanoTime();
  private final KeySchedule<K> schedule;
  private boolean closed;

  /** Blocking; interrupted when the queue is closed. */
  @FunctionalInterface
  public interface Work<K> {
    /**
     * Answers when to run again without anything having been added; empty: not at all.
     *
     * @throws RuntimeException try again after a delay
     */
    Optional<Duration> run(K key);
  }

  /**
   * @param parallel keys worked on at the same time
   * @param backoff between two runs of a key that fails
   * @param gap between two runs of a key that does not
   */
  public record Limits(int parallel, Backoff backoff, Duration gap) {}

  public KeyQueue(Limits limits, Work<K> work) {
    this.parallel = limits.parallel();
    this.work = work;
    this.schedule = new KeySchedule<>(limits.backoff(), limits.gap(), RandomGenerator.getDefault());
  }

  /** Begins to work; what was added before is not lost. Once. */
  public void start(String name) {
    for (int i = 1; i <= parallel; i++) {
      workers.add(Thread.ofVirtual().name(name + "-" + i).start(this::serve));
    }
  }

  /** From any thread. */
  public void add(K key) {
    change(now -> schedule.add(key, now));
  }

  /** As {@link #add}, and forgets that the key failed: its cause may be gone. */
  public void hurry(K key) {
    change(now -> schedule.hurry(key, now));
  }

  /** Interrupts what runs and waits for its end. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    List<Thread> others =
        workers.stream().filter(worker -> worker != Thread.currentThread()).toList();
    others.forEach(Thread::interrupt);
    others.forEach(KeyQueue::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void change(LongConsumer change) {
    lock.lock();
    try {
      if (!closed) {
        change.accept(now());
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return System.nanoTime() - origin;
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
        Optional<K> due = schedule.take(now());
        if (due.isPresent()) {
          // Another worker waits for what is due next, which it may not know of.
          changed.signal();
          return due;
        }
        await(schedule.delay(now()).orElse(Duration.ofDays(1)));
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration limit) throws InterruptedException {
    if (changed.awaitNanos(limit.toNanos()) > 0) {
      LOG.trace("something was added");
    }
  }

  private void run(K key) {
    try {
      Duration again = work.run(key).orElse(null);
      change(now -> succeeded(key, again, now));
    } catch (RuntimeException | Error e) {
      change(now -> failed(key, e, now));
    }
  }

  private void succeeded(K key, @Nullable Duration again, long now) {
    if (schedule.succeeded(key, again, now)) {
      LOG.info("{} works again", key);
    }
  }

  /** The same cause is said once. */
  private void failed(K key, Throwable thrown, long now) {
    String cause = String.valueOf(thrown.getMessage());
    KeySchedule.Failure failure = schedule.failed(key, cause, now);
    if (failure.news()) {
      LOG.warn("{} failed ({}); next try in {} ms", key, cause, failure.delay().toMillis());
    }
    LOG.debug("{} failed {} times", key, failure.failures(), thrown);
  }
}
