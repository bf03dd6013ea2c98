package io.bpfman.operator;

import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.SourceReading;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source when it has changed and come to rest, and at intervals anyway. On the verticle's
 * event loop.
 */
final class SourceWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final ApplicationSource source;
  private final Duration rescan;
  private final Consumer<SourceReading> listener;
  private final AtomicBoolean hinted = new AtomicBoolean();
  private long looks = NO_TIMER;
  private long rescans = NO_TIMER;
  private long rest = NO_TIMER;
  private boolean started;
  private boolean stopped;
  private boolean reading;
  private boolean readAgain;

  SourceWatch(
      Vertx vertx, ApplicationSource source, Duration rescan, Consumer<SourceReading> listener) {
    this.vertx = vertx;
    this.source = source;
    this.rescan = rescan;
    this.listener = listener;
  }

  void start() {
    started = true;
    if (source.lookInterval().isPositive()) {
      looks = vertx.setPeriodic(source.lookInterval().toMillis(), _ -> look());
    }
    rescans = vertx.setPeriodic(rescan.toMillis(), _ -> read());
    look();
  }

  /** Reads no more. Idempotent. */
  void stop() {
    stopped = true;
    vertx.cancelTimer(looks);
    vertx.cancelTimer(rescans);
    vertx.cancelTimer(rest);
  }

  /** To be run from any thread, as often as wanted, when something changed. */
  Runnable hint() {
    Context home = vertx.getOrCreateContext();
    return () -> {
      if (hinted.compareAndSet(false, true)) {
        home.runOnContext(_ -> look());
      }
    };
  }

  private void look() {
    if (!started || stopped) {
      return;
    }
    boolean changed = source.mayHaveChanged();
    if (hinted.getAndSet(false) || changed) {
      vertx.cancelTimer(rest);
      rest = vertx.setTimer(Math.max(1, source.rest().toMillis()), _ -> read());
    }
  }

  private void read() {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    vertx
        .executeBlocking(source::read)
        .onComplete(
            result -> {
              reading = false;
              if (result.failed()) {
                LOG.error("the source was not read; everything stays as it is", result.cause());
              } else if (!stopped) {
                listener.accept(result.result());
              }
              if (readAgain && !stopped) {
                readAgain = false;
                read();
              }
            });
  }
}
