package io.bpfman.operator;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.operator.core.Fleet;
import io.bpfman.operator.core.StatusBook;
import io.bpfman.operator.port.StatusSink;
import io.bpfman.operator.port.StatusSnapshot;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes status soon after something changed, one writing at a time. On the verticle's event loop.
 */
final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

  /** Changes within this time make one writing. */
  private static final long GATHER_MILLIS = 10;

  /** A pass over all nodes and applications has at most a fifth of the event loop. */
  private static final int BREATH = 4;

  private static final long RETRY_MILLIS = 1000;

  private final Vertx vertx;
  private final StatusSink sink;
  private final Fleet fleet;
  private final InstantSource clock;
  private final StatusBook book;
  private List<ManifestProblem> problems;
  private long gather = GATHER_MILLIS;
  private boolean planned;
  private boolean writing;
  private boolean stopped;

  /** What an earlier process wrote, and the clock. */
  record Start(StatusSnapshot written, InstantSource clock) {}

  StatusWriter(Vertx vertx, StatusSink sink, Fleet fleet, Start start) {
    this.vertx = vertx;
    this.sink = sink;
    this.fleet = fleet;
    this.clock = start.clock();
    this.book = new StatusBook(start.written());
    this.problems = List.of();
  }

  boolean isNew(ManifestProblem problem) {
    return !problems.contains(problem);
  }

  void setProblems(List<ManifestProblem> newProblems) {
    problems = newProblems;
    refresh();
  }

  /** Begins no writing any more. */
  void stop() {
    stopped = true;
  }

  void refresh() {
    plan(gather);
  }

  private void plan(long delay) {
    if (!planned && !stopped) {
      planned = true;
      vertx.setTimer(delay, _ -> write());
    }
  }

  private void write() {
    planned = false;
    if (stopped) {
      return;
    }
    if (writing) {
      plan(gather);
      return;
    }
    writing = true;
    long began = System.nanoTime();
    StatusSnapshot snapshot = book.update(fleet, problems, clock.instant());
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    gather = Math.max(GATHER_MILLIS, BREATH * took);
    vertx
        .executeBlocking(
            () -> {
              sink.write(snapshot);
              return true;
            })
        .onComplete(
            result -> {
              writing = false;
              if (result.failed()) {
                LOG.error("status was not written; next try in 1 s", result.cause());
                plan(RETRY_MILLIS);
              }
            });
  }
}
