package io.bpfman.agent;

import io.bpfman.agent.core.Hint;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the reconciler look at once where an event of this node's loader points to. Events that come
 * close together are one look, and a flood of them is a few looks a second. Used on one event loop.
 */
final class HintedLooks {
  /** An interface is made in several steps, each with an event. */
  private static final long COALESCE_MS = 20;

  /** Between two looks; doubles as long as events keep coming. */
  private static final long FIRST_REST_MS = 25;

  private static final long LAST_REST_MS = 400;

  private final Vertx vertx;
  private final Reconciler reconciler;
  private @Nullable MessageConsumer<Buffer> consumer;
  private Hint pending = Hint.NONE;
  private boolean scheduled;
  private long rest = FIRST_REST_MS;

  HintedLooks(Vertx vertx, Reconciler reconciler) {
    this.vertx = vertx;
    this.reconciler = reconciler;
  }

  void start() {
    consumer = EventPublisher.subscribeOwn(vertx, this::heard);
  }

  void stop() {
    if (consumer != null) {
      consumer.unregister();
    }
  }

  private void heard(Event event) {
    if (event.getKind() == Event.Kind.KIND_LOADER) {
      pending = pending.and(Hint.of(event.getLoader(), reconciler.wanted()));
      if (!pending.isEmpty() && !scheduled) {
        scheduled = true;
        vertx.setTimer(COALESCE_MS, now -> look());
      }
    }
  }

  private void look() {
    Hint hint = pending;
    pending = Hint.NONE;
    reconciler.look(hint);
    vertx.setTimer(rest, rested -> lookAgain());
  }

  private void lookAgain() {
    if (pending.isEmpty()) {
      scheduled = false;
      rest = FIRST_REST_MS;
    } else {
      rest = Math.min(LAST_REST_MS, rest * 2);
      look();
    }
  }
}
