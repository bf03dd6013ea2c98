package io.bpfman.cli;

import io.bpfman.loader.adapter.grpc.CallThreads;
import io.bpfman.loader.adapter.grpc.CoreLoader;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.loader.daemon.Opening;
import io.bpfman.runtime.LocalVertx;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the daemon's work in this process, under the daemon's lock, on its store and pins. */
final class InProcessOpener implements DaemonOrLocal.Local {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(InProcessOpener.class);

  private final Duration limit;

  /**
   * @param limit longest wait for one call
   */
  InProcessOpener(Duration limit) {
    this.limit = limit;
  }

  /**
   * START_REFUSED when a daemon or another command holds the directory, or this process may not
   * load programs.
   */
  @Override
  public Optional<LoaderSession> open(LoaderOpener.Target target, BooleanSupplier served) {
    return LoaderInstance.openUnless(
            new Opening(target.runtimeDir(), target.lockTimeout(), target.care()), served)
        .map(this::session);
  }

  private LoaderSession session(LoaderInstance instance) {
    instance.repairs().forEach(LOG::warn);
    Vertx vertx = LocalVertx.create();
    CallThreads threads = new CallThreads(vertx);
    CoreLoader loader = new CoreLoader(instance.core(), threads, instance.describe());
    return new LoaderSession(loader, () -> close(instance, vertx, threads), limit);
  }

  private static void close(LoaderInstance instance, Vertx vertx, CallThreads threads) {
    threads.close();
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failed) {
      throw io.bpfman.model.FailureCode.INTERNAL.because(
          "cannot stop the workers of this command", "", failed);
    } finally {
      instance.close();
    }
  }
}
