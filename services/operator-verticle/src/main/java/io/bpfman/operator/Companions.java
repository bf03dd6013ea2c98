package io.bpfman.operator;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verticles that run beside something else for as long as that runs. One that does not start is
 * tried again and holds up nothing. On the event loop that made it.
 */
final class Companions {
  private static final Logger LOG = LoggerFactory.getLogger(Companions.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final List<String> running = new ArrayList<>();
  private int missing;
  private boolean stopped;

  Companions(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Succeeds when each was tried once, however that ended. */
  Future<?> start(List<Supplier<Deployable>> companions) {
    missing = companions.size();
    return Future.join(companions.stream().map(this::deploy).toList())
        .transform(_ -> Future.succeededFuture());
  }

  private Future<?> deploy(Supplier<Deployable> companion) {
    return vertx
        .deployVerticle(companion.get())
        .onSuccess(this::started)
        .onFailure(
            thrown -> {
              LOG.warn("a part of the operator does not start; next try in {}", RETRY, thrown);
              vertx.setTimer(
                  RETRY.toMillis(),
                  _ -> {
                    if (!stopped) {
                      deploy(companion);
                    }
                  });
            });
  }

  private void started(String deployment) {
    missing--;
    if (stopped) {
      vertx.undeploy(deployment);
    } else {
      running.add(deployment);
    }
  }

  /** Whether all of them run. */
  boolean complete() {
    return missing == 0;
  }

  /** Idempotent. */
  Future<?> stop() {
    stopped = true;
    List<String> all = List.copyOf(running);
    running.clear();
    return Future.join(all.stream().map(vertx::undeploy).toList())
        .transform(_ -> Future.succeededFuture());
  }
}
