package io.bpfman.cli;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.LocalVertx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Opens the daemon's socket with a Vert.x of its own, as small as it gets. */
public final class GrpcOpener implements LoaderOpener {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Duration limit;
  private final Supplier<Vertx> vertx;

  /**
   * @param limit longest wait for one answer
   */
  public GrpcOpener(Duration limit) {
    this(limit, LocalVertx::create);
  }

  private GrpcOpener(Duration limit, Supplier<Vertx> vertx) {
    this.limit = limit;
    this.vertx = vertx;
  }

  /**
   * Makes its Vert.x on another thread meanwhile, for one session. For processes that end with
   * System.exit: without a session nobody closes it.
   */
  static GrpcOpener early(Duration limit) {
    CompletableFuture<Vertx> begun = CompletableFuture.supplyAsync(LocalVertx::create);
    return new GrpcOpener(limit, begun::join);
  }

  @Override
  public LoaderSession open(Target target) {
    Vertx opened = vertx.get();
    GrpcLoader loader = new GrpcLoader(opened, target.socket());
    return new LoaderSession(loader, () -> close(loader, opened), limit);
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
