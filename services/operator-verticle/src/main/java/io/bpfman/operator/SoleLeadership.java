package io.bpfman.operator;

import io.bpfman.operator.port.Leadership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/** For one operator alone: it always leads. */
final class SoleLeadership implements Leadership {
  private final Vertx vertx;
  private final LongSupplier epochs;

  /**
   * @param epochs gives a larger number at each call; may block
   */
  SoleLeadership(Vertx vertx, LongSupplier epochs) {
    this.vertx = vertx;
    this.epochs = epochs;
  }

  @Override
  public Future<?> start(Candidate candidate) {
    return vertx.executeBlocking(epochs::getAsLong).compose(candidate::gained);
  }

  @Override
  public Future<?> stop() {
    return Future.succeededFuture();
  }
}
