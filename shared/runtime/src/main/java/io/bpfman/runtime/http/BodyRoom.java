package io.bpfman.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bodies that are held at once. When they are too many bytes, the oldest one that is still
 * being received has to go, so that who sends slowly keeps nobody out. For one event loop.
 */
public final class BodyRoom {
  private static final Logger LOG = LoggerFactory.getLogger(BodyRoom.class);

  private final Vertx vertx;
  private final BodyLimits limits;
  private final Queue<BoundedBody> receiving = new ArrayDeque<>();
  private long held;

  public BodyRoom(Vertx vertx, BodyLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** Fails with {@link BodyRefusedException}, or otherwise when the client goes away. */
  private Future<BoundedBody> read(HttpServerRequest request) {
    BoundedBody body = new BoundedBody(this, limits.body());
    receiving.add(body);
    long timer =
        vertx.setTimer(
            limits.time().toMillis(),
            _ ->
                body.refuse(
                    408,
                    "the body did not arrive within %d s".formatted(limits.time().toSeconds())));
    return body.receive(request)
        .onComplete(
            _ -> {
              vertx.cancelTimer(timer);
              receiving.remove(body);
            });
  }

  /**
   * Must be called before the request's handler returns. A refused body is answered, and of a
   * client that goes away nothing is heard; then there is nothing to release.
   *
   * @param whole takes the whole body, and releases it
   */
  public void receive(HttpServerRequest request, Consumer<BoundedBody> whole) {
    read(request).onSuccess(whole::accept).onFailure(thrown -> notReceived(request, thrown));
  }

  private static void notReceived(HttpServerRequest request, Throwable thrown) {
    if (thrown instanceof BodyRefusedException refused) {
      refused.answer(request);
    } else {
      LOG.debug("a client went away during its request", thrown);
    }
  }

  /** Counts bytes that a body has kept. */
  void take(int bytes) {
    held += bytes;
    while (held > limits.room() && !receiving.isEmpty()) {
      receiving
          .remove()
          .refuse(
              503, "bodies of more than %d bytes at once; send it again".formatted(limits.room()));
    }
  }

  void giveBack(int bytes) {
    held -= bytes;
  }
}
