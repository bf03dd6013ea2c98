package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.Patience;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads that calls block on. The one that became idle last works first, because its
 * stack and buffers are still in the caches; those that are idle for ten seconds end. Thread-safe.
 */
public final class CallThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);
  private static final int IDLE_SECONDS = 10;

  /** Reads compute; more at once than a few would only take turns. */
  private static final int READS = 4;

  /** Changes wait for the kernel, a detach for 70 ms and more, and those waits overlap. */
  private static final int CHANGES = 128;

  /** Calls that may wait in each lane, unless it is said otherwise. */
  public static final int DEFAULT_WAITING = 512;

  private final Vertx vertx;
  private final ThreadPoolExecutor threads;
  private final CallLane reads;
  private final CallLane changes;

  public CallThreads(Vertx vertx) {
    this(vertx, DEFAULT_WAITING);
  }

  /**
   * @param waiting calls that may wait for others to end, reads and changes each
   */
  public CallThreads(Vertx vertx, int waiting) {
    this.vertx = vertx;
    ThreadFactory factory = Thread.ofPlatform().name("bpf-", 0).daemon().factory();
    // Of the idle threads, this queue wakes the one that came last.
    threads =
        new ThreadPoolExecutor(
            0,
            READS + CHANGES,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory,
            new ThreadPoolExecutor.AbortPolicy());
    reads = new CallLane(threads, READS, waiting);
    changes = new CallLane(threads, CHANGES, waiting);
  }

  /** Calls that change nothing; they never wait for those that do. */
  <T> Future<T> read(Callable<T> call) {
    Work<T> work = new Work<>(vertx.getOrCreateContext(), Patience.current(), call);
    begin(reads, work);
    return work.promise.future();
  }

  /**
   * All other calls. One begins after the event loop has read what had arrived by then: in a
   * process that was stopped for a while, or was busy, the end of a call that its caller gave up
   * lies behind the call itself. The first turn ends the reading; a connection that was found
   * closed meanwhile is told of in a turn that was asked for before the second one.
   */
  <T> Future<T> change(Callable<T> call) {
    Context context = vertx.getOrCreateContext();
    Work<T> work = new Work<>(context, Patience.current(), call);
    context.runOnContext(read -> context.runOnContext(told -> begin(changes, work)));
    return work.promise.future();
  }

  /** One call, with whom it is done for. The answer comes on the context of the caller. */
  private record Work<T>(Context context, Patience patience, Callable<T> call, Promise<T> promise)
      implements Runnable {
    Work(Context context, Patience patience, Callable<T> call) {
      this(context, patience, call, Promise.promise());
    }

    @Override
    public void run() {
      answer(result());
    }

    private Future<T> result() {
      try {
        patience.require();
        return Future.succeededFuture(patience.during(call));
      } catch (Throwable thrown) {
        return Future.failedFuture(thrown);
      }
    }

    private void answer(Future<T> result) {
      try {
        context.runOnContext(nothing -> result.onComplete(promise));
      } catch (RejectedExecutionException stopped) {
        LOG.info("a call ended after its event loop; nobody hears the answer");
      }
    }
  }

  /** UNAVAILABLE after {@link #close}, TOO_MANY_CALLS when no more may wait. */
  private static void begin(CallLane lane, Work<?> work) {
    try {
      lane.run(work);
      work.patience.whenLeft(() -> withdraw(lane, work));
    } catch (RejectedExecutionException stopped) {
      work.promise.fail(
          FailureCode.UNAVAILABLE.because("the daemon is stopping", "call it again later"));
    } catch (BpfmanException full) {
      work.promise.fail(full);
    }
  }

  /** A call that waits for its turn gives its place to others; it ends as one that begins late. */
  private static void withdraw(CallLane lane, Work<?> work) {
    if (lane.withdraw(work)) {
      work.run();
    }
  }

  /** Takes no more calls; those at work go on. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
