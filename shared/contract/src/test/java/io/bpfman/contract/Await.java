package io.bpfman.contract;

import io.bpfman.model.BpfmanException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** Waits for futures in tests, 20 s at most. */
public final class Await {
  private Await() {}

  public static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("expected a result", e);
    }
  }

  public static BpfmanException failure(Future<?> future) {
    try {
      Object result = future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      throw new AssertionError("expected a failure, got " + result);
    } catch (ExecutionException e) {
      return Assertions.assertInstanceOf(BpfmanException.class, e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("expected a failure", e);
    }
  }
}
