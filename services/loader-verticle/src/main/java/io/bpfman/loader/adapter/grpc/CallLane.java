package io.bpfman.loader.adapter.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls at once, the others in the order of their coming. A call that throws gives
 * its place to the next all the same. Thread-safe.
 */
final class CallLane {
  private final Executor threads;
  private final int limit;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int atWork;

  /**
   * @param threads have room for {@code limit} calls
   */
  CallLane(Executor threads, int limit) {
    this.threads = threads;
    this.limit = limit;
  }

  /**
   * @param call what it throws goes to the handler of its thread
   * @throws java.util.concurrent.RejectedExecutionException when the threads are closed
   */
  void run(Runnable call) {
    if (begins(call)) {
      try {
        threads.execute(() -> work(call));
      } catch (RuntimeException | Error e) {
        ended();
        throw e;
      }
    }
  }

  private synchronized boolean begins(Runnable call) {
    if (atWork == limit) {
      waiting.add(call);
      return false;
    }
    atWork++;
    return true;
  }

  private void work(Runnable first) {
    Runnable call = first;
    while (call != null) {
      attempt(call);
      call = next();
    }
  }

  private static void attempt(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable call = waiting.poll();
    if (call == null) {
      ended();
    }
    return call;
  }

  private synchronized void ended() {
    atWork--;
  }
}
