package io.bpfman.operator;

import io.bpfman.model.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on keys, each at most once at a time: what is added while a key waits is one piece of work,
 * what is added while it runs makes it run once more. A key that fails is tried again with growing
 * delays and delays no other. Lives on the event loop that made it.
 */
public final class KeyQueue<K> {
  private static final Logger LOG = LoggerFactory.getLogger(KeyQueue.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Context home;
  private final Work<K> work;
  private final Limits limits;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<K, Entry> entries = new HashMap<>();
  private final Queue<K> ready = new ArrayDeque<>();
  private int running;
  private boolean stopped;

  /** Blocking; on a worker thread. */
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
   */
  public record Limits(int parallel, Backoff backoff) {}

  private static final class Entry {
    private boolean queued;
    private boolean running;
    private boolean again;
    private int failures;
    private String told = "";
    private long timer = NO_TIMER;
  }

  /** Must be called on the event loop that is to be its home. */
  public KeyQueue(Vertx vertx, Limits limits, Work<K> work) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.limits = limits;
    this.work = work;
  }

  /** From any thread. */
  public void add(K key) {
    home.runOnContext(_ -> enqueue(key));
  }

  /** Begins no work any more. From its home. Idempotent. */
  public void stop() {
    stopped = true;
    entries.values().forEach(entry -> vertx.cancelTimer(entry.timer));
    entries.clear();
    ready.clear();
  }

  private void enqueue(K key) {
    if (stopped) {
      return;
    }
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
    if (entry.running) {
      entry.again = true;
    } else if (!entry.queued && entry.failures == 0) {
      cancel(entry);
      queue(key, entry);
    }
  }

  private void queue(K key, Entry entry) {
    entry.queued = true;
    ready.add(key);
    next();
  }

  private void cancel(Entry entry) {
    vertx.cancelTimer(entry.timer);
    entry.timer = NO_TIMER;
  }

  private void next() {
    while (running < limits.parallel() && !ready.isEmpty()) {
      K key = ready.remove();
      Entry entry = entries.get(key);
      if (entry != null) {
        start(key, entry);
      }
    }
  }

  private void start(K key, Entry entry) {
    entry.queued = false;
    entry.running = true;
    running++;
    vertx
        .executeBlocking(() -> work.run(key), false)
        .onComplete(
            result -> {
              running--;
              entry.running = false;
              if (!stopped) {
                if (result.succeeded()) {
                  succeeded(key, entry, result.result().orElse(null));
                } else {
                  failed(key, entry, result.cause());
                }
                next();
              }
            });
  }

  private void succeeded(K key, Entry entry, @Nullable Duration later) {
    if (entry.failures > 0) {
      LOG.info("{} works again", key);
    }
    entry.failures = 0;
    entry.told = "";
    if (entry.again) {
      entry.again = false;
      queue(key, entry);
    } else if (later != null) {
      wait(key, entry, later);
    } else {
      entries.remove(key);
    }
  }

  /** The same cause is said once. */
  private void failed(K key, Entry entry, Throwable cause) {
    entry.failures++;
    entry.again = false;
    Duration delay = limits.backoff().delay(entry.failures, random);
    String message = String.valueOf(cause.getMessage());
    if (!message.equals(entry.told)) {
      entry.told = message;
      LOG.warn("{} failed ({}); next try in {} ms", key, message, delay.toMillis());
    }
    LOG.debug("{} failed {} times", key, entry.failures, cause);
    wait(key, entry, delay);
  }

  private void wait(K key, Entry entry, Duration delay) {
    entry.timer =
        vertx.setTimer(
            Math.max(1, delay.toMillis()),
            _ -> {
              entry.timer = NO_TIMER;
              if (!stopped && !entry.queued && !entry.running) {
                queue(key, entry);
              }
            });
  }
}
