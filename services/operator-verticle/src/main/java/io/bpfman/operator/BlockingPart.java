package io.bpfman.operator;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Something that is started and closed by blocking calls, as a verticle. */
public final class BlockingPart extends VerticleBase {
  private final Runnable start;
  private final Runnable close;

  public BlockingPart(Runnable start, Runnable close) {
    this.start = start;
    this.close = close;
  }

  @Override
  public Future<?> start() {
    return run(start);
  }

  @Override
  public Future<?> stop() {
    return run(close);
  }

  private Future<?> run(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return true;
        });
  }
}
