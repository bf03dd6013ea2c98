package io.bpfman.cli;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.LocalVertx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens the daemon's socket with a Vert.x of its own, as small as it gets. */
public final class GrpcOpener implements LoaderOpener {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Duration limit;

  /**
   * @param limit longest wait for one answer
   */
  public GrpcOpener(Duration limit) {
    this.limit = limit;
  }

  @Override
  public LoaderSession open(Target target) {
    Vertx vertx = LocalVertx.create();
    GrpcLoader loader = new GrpcLoader(vertx, target.socket());
    return new LoaderSession(loader, () -> close(loader, vertx), limit);
  }

  private static void close(GrpcLoader loader, Vertx vertx) {
    Future<Void> closed = loader.close().eventually(vertx::close);
    try {
      closed
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException failed) {
      throw FailureCode.INTERNAL.because("cannot close the connection to the daemon", "", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
