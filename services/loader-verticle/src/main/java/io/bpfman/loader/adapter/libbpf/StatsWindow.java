package io.bpfman.loader.adapter.libbpf;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Holds the descriptor that makes the kernel count, as long as somebody's window is open, on a
 * thread that lives as long. Thread-safe.
 */
final class StatsWindow {
  private static final int RUN_TIME = 0;

  private final Natives natives;
  private final Handles handles;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition extended = lock.newCondition();
  private @Nullable Descriptor counting;
  private long endsAt;

  StatsWindow(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /** Counting goes on at least so long from now. */
  void extend(Duration window) {
    lock.lock();
    try {
      long end = System.nanoTime() + window.toNanos();
      if (counting == null) {
        counting = open();
        endsAt = end;
        Thread closer = new Thread(this::closeAtEnd, "bpf-stats-window");
        closer.setDaemon(true);
        closer.start();
      } else if (end - endsAt > 0) {
        endsAt = end;
        extended.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private Descriptor open() {
    int number = natives.bpf().bpf_enable_stats(RUN_TIME);
    if (number < 0) {
      throw KernelErrors.refused("make the kernel count runs of programs", -number);
    }
    return handles.own(number);
  }

  private void closeAtEnd() {
    lock.lock();
    try {
      long left = endsAt - System.nanoTime();
      while (left > 0) {
        extended.awaitNanos(left);
        left = endsAt - System.nanoTime();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      if (counting != null) {
        counting.close();
        counting = null;
      }
      lock.unlock();
    }
  }
}
