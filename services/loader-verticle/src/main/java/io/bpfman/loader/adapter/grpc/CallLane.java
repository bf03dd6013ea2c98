package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.FailureCode;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls at once, so many more in the order of their coming. A call that throws
 * gives its place to the next all the same. Thread-safe.
 */
final class CallLane {
  private final Executor threads;
  private final int limit;
  private final int waitingLimit;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int atWork;

  /**
   * @param threads have room for {@code limit} calls
   */
  CallLane(Executor threads, int limit, int waitingLimit) {
    this.threads = threads;
    this.limit = limit;
    this.waitingLimit = waitingLimit;
  }

  /**
   * TOO_MANY_CALLS when no more may wait.
   *
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

  /** Takes a call back that waits; false when it has begun. */
  synchronized boolean withdraw(Runnable call) {
    return waiting.remove(call);
  }

  private synchronized boolean begins(Runnable call) {
    if (atWork < limit) {
      atWork++;
      return true;
    }
    if (waiting.size() >= waitingLimit) {
      throw FailureCode.TOO_MANY_CALLS.because(
          "%d calls are at work and %d wait, which is the limit (--max-waiting-calls)"
              .formatted(atWork, waiting.size()),
          "call again later, or start the daemon with a higher --max-waiting-calls");
    }
    waiting.add(call);
    return false;
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
