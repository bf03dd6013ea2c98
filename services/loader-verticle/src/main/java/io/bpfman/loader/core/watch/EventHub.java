package io.bpfman.loader.core.watch;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to all watchers. Telling never waits for a watcher and costs nothing without one;
 * the kernel is watched while there is at least one. Any thread.
 */
public final class EventHub {
  /** Each holds a bounded queue; together they stay far below the daemon's heap. */
  static final int MAX_WATCHERS = 256;

  private final InstantSource clock;
  private final Function<EventHub, WatchSession> sessions;
  private final List<EventQueue> queues = new CopyOnWriteArrayList<>();
  private @Nullable WatchSession session;
  private boolean closed;

  /**
   * @param sessions starts to watch the kernel for this hub; returns at once
   */
  public EventHub(InstantSource clock, Function<EventHub, WatchSession> sessions) {
    this.clock = clock;
    this.sessions = sessions;
  }

  /**
   * A new watcher. TOO_MANY_CALLS when there are {@value #MAX_WATCHERS}, UNAVAILABLE when the
   * daemon stops.
   *
   * @param kinds those that are wanted; empty: all
   * @param signal called after something was added or the queue failed, from any thread; must not
   *     block
   */
  public synchronized EventQueue subscribe(Set<LoaderEvent.Kind> kinds, Runnable signal) {
    if (closed) {
      throw stopping();
    }
    if (queues.size() >= MAX_WATCHERS) {
      throw FailureCode.TOO_MANY_CALLS.because(
          "%d clients watch already, which is the limit".formatted(MAX_WATCHERS),
          "end one of them, or try again later");
    }
    EventQueue queue = new EventQueue(this, kinds, signal);
    WatchSession current = session;
    if (current == null) {
      current = sessions.apply(this);
      session = current;
    }
    queues.add(queue);
    if (current.isLive()) {
      queue.begin(clock.instant());
    }
    return queue;
  }

  synchronized void remove(EventQueue queue) {
    if (queues.remove(queue) && queues.isEmpty()) {
      stopSession();
    }
  }

  private void stopSession() {
    WatchSession current = session;
    session = null;
    if (current != null) {
      current.stop();
    }
  }

  /** Tells what an operation has recorded. */
  public void publish(LoaderEvent event) {
    if (queues.isEmpty()) {
      return;
    }
    WatchSession current = current();
    if (current != null) {
      current.noted(event);
    }
    tell(event);
  }

  private synchronized @Nullable WatchSession current() {
    return session;
  }

  private void tell(LoaderEvent event) {
    queues.forEach(queue -> queue.offer(clock.instant(), event));
  }

  /** Tells what a session has found out; nothing when that is not the current one. */
  public void found(WatchSession by, LoaderEvent event) {
    if (current() == by) {
      tell(event);
    }
  }

  /** The session misses nothing from now on. */
  public synchronized void live(WatchSession by) {
    if (session == by) {
      queues.forEach(queue -> queue.begin(clock.instant()));
    }
  }

  /** The session has ended by itself; so does every watcher. */
  public synchronized void failed(WatchSession by, BpfmanException reason) {
    if (session == by) {
      session = null;
      endAll(reason);
    }
  }

  private void endAll(BpfmanException reason) {
    List<EventQueue> ended = List.copyOf(queues);
    queues.clear();
    ended.forEach(queue -> queue.fail(reason));
  }

  /**
   * Ends every watcher and takes no new one. Answers whether the kernel is no longer watched, after
   * at most {@code limit}.
   */
  public boolean close(Duration limit) {
    WatchSession last;
    synchronized (this) {
      closed = true;
      last = session;
      endAll(stopping());
      stopSession();
    }
    return last == null || last.awaitEnd(limit);
  }

  private static BpfmanException stopping() {
    return FailureCode.UNAVAILABLE.because(
        "the daemon is stopping, so nothing more is told", "watch again when it is back");
  }
}
