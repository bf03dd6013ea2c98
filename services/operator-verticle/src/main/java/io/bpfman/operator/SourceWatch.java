package io.bpfman.operator;

import io.bpfman.operator.port.ApplicationSource;
import io.bpfman.operator.port.SourceReading;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source when it has changed and come to rest, and at intervals anyway. On the verticle's
 * event loop.
 */
final class SourceWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
  private static final long LOOK_MILLIS = 25;

  /** Quiet time after the last change, so that a file is not read while it is being written. */
  private static final long REST_MILLIS = 50;

  private final Vertx vertx;
  private final ApplicationSource source;
  private final Duration rescan;
  private final Consumer<SourceReading> listener;
  private long rest = -1;
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
    vertx.setPeriodic(LOOK_MILLIS, _ -> look());
    vertx.setPeriodic(rescan.toMillis(), _ -> read());
  }

  private void look() {
    if (!source.mayHaveChanged()) {
      return;
    }
    vertx.cancelTimer(rest);
    rest = vertx.setTimer(REST_MILLIS, _ -> read());
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
              if (result.succeeded()) {
                listener.accept(result.result());
              } else {
                LOG.error("the source was not read; everything stays as it is", result.cause());
              }
              if (readAgain) {
                readAgain = false;
                read();
              }
            });
  }
}
