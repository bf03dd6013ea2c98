package io.bpfman.agent;

import io.bpfman.model.Failure;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the node's loader answers; asks again while it does not. Used on one event loop. */
final class LoaderHealth {
  private static final Logger LOG = LoggerFactory.getLogger(LoaderHealth.class);
  private static final long POLL_MS = 1_000;

  private final Vertx vertx;
  private final Journal journal;
  private final Runnable lookAgain;
  private boolean polling;
  private volatile boolean answered;
  private volatile @Nullable Failure failure;

  /**
   * @param lookAgain asks the loader something, and calls {@link #lost} or {@link #answered}
   */
  LoaderHealth(Vertx vertx, Journal journal, Runnable lookAgain) {
    this.vertx = vertx;
    this.journal = journal;
    this.lookAgain = lookAgain;
  }

  /** Whether it has answered and still does. From any thread. */
  boolean isThere() {
    return answered && failure == null;
  }

  /** Why it does not answer; empty while it does, and before it was asked. */
  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Answers whether it was away before. */
  boolean answered() {
    answered = true;
    boolean away = failure != null;
    if (away) {
      LOG.info("the loader answers again");
      failure = null;
    }
    return away;
  }

  void lost(Throwable thrown) {
    Failure now = Failure.of(thrown);
    if (failure == null) {
      LOG.debug("the node's loader cannot be asked", thrown);
      journal.tell(Event.Kind.KIND_FAILED, "", now.describe());
    }
    failure = now;
    if (!polling) {
      polling = true;
      vertx.setTimer(
          POLL_MS,
          _ -> {
            polling = false;
            lookAgain.run();
          });
    }
  }
}
