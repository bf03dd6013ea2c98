package io.bpfman.loader.adapter.grpc;

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

  private final Vertx vertx;
  private final ThreadPoolExecutor threads;
  private final CallLane reads;
  private final CallLane changes;

  public CallThreads(Vertx vertx) {
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
    reads = new CallLane(threads, READS);
    changes = new CallLane(threads, CHANGES);
  }

  /** Calls that change nothing; they never wait for those that do. */
  <T> Future<T> read(Callable<T> call) {
    return run(reads, call);
  }

  /** All other calls. */
  <T> Future<T> change(Callable<T> call) {
    return run(changes, call);
  }

  /** The answer comes on the context of the caller. UNAVAILABLE after {@link #close}. */
  private <T> Future<T> run(CallLane lane, Callable<T> call) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    try {
      lane.run(() -> answer(context, promise, result(call)));
    } catch (RejectedExecutionException stopped) {
      return Future.failedFuture(
          FailureCode.UNAVAILABLE.because("the daemon is stopping", "call it again later"));
    }
    return promise.future();
  }

  private static <T> Future<T> result(Callable<T> call) {
    try {
      return Future.succeededFuture(call.call());
    } catch (Throwable thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static <T> void answer(Context context, Promise<T> promise, Future<T> result) {
    try {
      context.runOnContext(nothing -> result.onComplete(promise));
    } catch (RejectedExecutionException stopped) {
      LOG.info("a call ended after its event loop; nobody hears the answer");
    }
  }

  /** Takes no more calls; those at work go on. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
