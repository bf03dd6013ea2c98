package io.bpfman.operator;

import io.bpfman.operator.port.Leadership;
import io.vertx.core.Future;

/** For one operator alone: it always leads. */
final class SoleLeadership implements Leadership {
  @Override
  public Future<?> start(Candidate candidate) {
    return candidate.gained(0);
  }

  @Override
  public Future<Boolean> confirm() {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<?> stop() {
    return Future.succeededFuture();
  }
}
