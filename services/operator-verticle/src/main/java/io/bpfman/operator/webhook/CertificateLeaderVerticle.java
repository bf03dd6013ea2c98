package io.bpfman.operator.webhook;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's part of a {@link CertificateKeeper}: deploy it when this replica begins to lead,
 * undeploy it when it ceases to. A step that fails is logged and tried again at the next interval.
 */
public final class CertificateLeaderVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateLeaderVerticle.class);

  private final CertificateKeeper keeper;
  private final Duration interval;
  private final AtomicBoolean running = new AtomicBoolean();
  private String told = "";

  public CertificateLeaderVerticle(CertificateKeeper keeper, Duration interval) {
    this.keeper = keeper;
    this.interval = interval;
  }

  /** Succeeds after the first step, however that ended. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(interval.toMillis(), _ -> step());
    return step();
  }

  private Future<Void> step() {
    if (!running.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(
            () -> {
              keeper.lead();
              return true;
            },
            false)
        .onSuccess(_ -> told = "")
        .onFailure(this::tell)
        .onComplete(_ -> running.set(false))
        .otherwiseEmpty()
        .mapEmpty();
  }

  /** Once for each cause. */
  private void tell(Throwable thrown) {
    String words = String.valueOf(thrown.getMessage());
    if (!words.equals(told)) {
      told = words;
      LOG.warn("the webhook's certificates could not be looked after; trying again", thrown);
    }
  }
}
