package io.bpfman.operator;

import io.bpfman.operator.core.LeaseRecord;
import io.bpfman.operator.core.LeaseRules;
import io.bpfman.operator.core.LeaseTimes;
import io.bpfman.operator.port.Leadership;
import io.bpfman.operator.port.LeaseStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads while it holds a lease. Lives on the event loop that made it. */
public final class LeaseLeadership implements Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);

  private final Vertx vertx;
  private final Context home;
  private final LeaseStore store;
  private final Settings settings;
  private final LeaseRules rules;
  private @Nullable Candidate candidate;
  private Instant renewed = Instant.EPOCH;
  private boolean leading;
  private boolean trying;
  private boolean stopped;
  private String told = "";
  private long timer = -1;
  private Future<?> attempt = Future.succeededFuture();

  /**
   * @param identity of this process; different for every start
   * @param steady a clock that never goes back
   * @param wall for the times in the lease
   */
  public record Settings(
      String identity, LeaseTimes times, InstantSource steady, InstantSource wall) {}

  /** Must be called on the event loop that is to be its home. */
  public LeaseLeadership(Vertx vertx, LeaseStore store, Settings settings) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.store = store;
    this.settings = settings;
    this.rules = new LeaseRules(settings.identity(), settings.times());
  }

  @Override
  public Future<?> start(Candidate newCandidate) {
    candidate = newCandidate;
    timer = vertx.setPeriodic(settings.times().retry().toMillis(), _ -> tick());
    LOG.info("{} runs for leadership", settings.identity());
    tick();
    return Future.succeededFuture();
  }

  /** Blocking tries never overlap. */
  private void tick() {
    if (leading
        && !settings.steady().instant().isBefore(renewed.plus(settings.times().deadline()))) {
      lose("its lease could not be renewed for %s".formatted(settings.times().deadline()));
    }
    if (trying || stopped) {
      return;
    }
    trying = true;
    Instant began = settings.steady().instant();
    attempt =
        vertx
            // Not in turn with what else this context waits for: the first list of a large cluster
            // may take longer than the lease.
            .executeBlocking(() -> attempt(began), false)
            .onComplete(
                result -> {
                  trying = false;
                  if (result.failed()) {
                    tell(result.cause());
                  } else {
                    tried(result.result().orElse(null), began);
                  }
                });
  }

  private Optional<LeaseRecord> attempt(Instant now) {
    Optional<LeaseRecord> next =
        rules.next(store.read().orElse(null), now, settings.wall().instant());
    next.ifPresent(store::write);
    return next;
  }

  private void tried(@Nullable LeaseRecord held, Instant began) {
    told = "";
    if (stopped) {
      return;
    }
    if (held == null) {
      lose("another holds the lease");
      return;
    }
    renewed = began;
    if (!leading) {
      gain(held.epoch());
    }
  }

  private void gain(long epoch) {
    leading = true;
    LOG.info("{} leads, epoch {}", settings.identity(), epoch);
    candidate()
        .gained(epoch)
        .onFailure(
            thrown -> {
              LOG.error("leading could not begin; another may try", thrown);
              home.runOnContext(
                  _ -> {
                    lose("leading could not begin");
                    release();
                  });
            });
  }

  private void lose(String why) {
    if (leading) {
      leading = false;
      candidate().lost(why);
    }
  }

  private void tell(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (!message.equals(told)) {
      told = message;
      LOG.warn("the lease cannot be read or written: {}", message);
    }
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    leading = false;
    vertx.cancelTimer(timer);
    return attempt.transform(_ -> release());
  }

  private Future<Object> release() {
    return vertx
        .executeBlocking(
            () -> {
              store
                  .read()
                  .flatMap(lease -> rules.release(lease, settings.wall().instant()))
                  .ifPresent(store::write);
              return true;
            })
        .transform(
            result -> {
              if (result.failed()) {
                tell(result.cause());
              }
              return Future.succeededFuture();
            });
  }

  private Candidate candidate() {
    if (candidate == null) {
      throw new IllegalStateException("used before start");
    }
    return candidate;
  }
}
