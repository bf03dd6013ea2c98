package io.bpfman.cli;

import io.bpfman.contract.Loader;
import io.bpfman.contract.LoaderWatch;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A connection to a daemon for straight-line code: each call blocks until it is answered. */
public final class LoaderSession implements AutoCloseable {
  private final Loader loader;
  private final Runnable onClose;
  private final Duration limit;

  /**
   * @param limit longest wait for one answer
   */
  public LoaderSession(Loader loader, Runnable onClose, Duration limit) {
    this.loader = loader;
    this.onClose = onClose;
    this.limit = limit;
  }

  /**
   * The answer; DEADLINE_EXCEEDED when it takes too long, otherwise what the loader failed with.
   */
  public <T> T call(Function<Loader, Future<T>> request) {
    try {
      return request
          .apply(loader)
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw asRuntime(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      throw FailureCode.DEADLINE_EXCEEDED.because(
          "the daemon did not answer within %d s".formatted(limit.toSeconds()),
          "look at its log; the operation may still complete",
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FailureCode.CANCELLED.because(
          "interrupted while waiting for the daemon", "", interrupted);
    }
  }

  /** Waits as long as a watch lasts; fails with what ended it, unless that was closing it. */
  public void follow(Function<Loader, LoaderWatch> begin) {
    try {
      begin.apply(loader).end().toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw asRuntime(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FailureCode.CANCELLED.because("interrupted while watching", "", interrupted);
    }
  }

  @Override
  public void close() {
    onClose.run();
  }

  private static RuntimeException asRuntime(Throwable cause) {
    return cause instanceof RuntimeException known
        ? known
        : FailureCode.INTERNAL.because("the call failed: " + cause.getMessage(), "", cause);
  }
}
