package io.bpfman.operator.pki;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a step that blocks. One that fails is logged and tried again at the next interval. What
 * only the leader may do is deployed when this replica begins to lead and undeployed when it ceases
 * to.
 */
public final class CertificateStepVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateStepVerticle.class);

  private final Runnable step;
  private final String what;
  private final Duration interval;
  private final AtomicBoolean running = new AtomicBoolean();
  private String told = "";

  /**
   * @param step blocks; may be repeated
   * @param what it looks after, for messages
   */
  public CertificateStepVerticle(Runnable step, String what, Duration interval) {
    this.step = step;
    this.what = what;
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
              step.run();
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
      LOG.warn("{} could not be looked after; trying again", what, thrown);
    }
  }
}
