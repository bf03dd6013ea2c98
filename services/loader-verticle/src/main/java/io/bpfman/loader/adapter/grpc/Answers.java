package io.bpfman.loader.adapter.grpc;

import com.google.protobuf.MessageLite;
import io.bpfman.contract.grpc.GrpcFailures;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers and bounds what waits for clients that do not read: beyond {@link #MAX_WAITING}
 * bytes further big answers are refused, and who does not take one in time loses the connection.
 * Thread-safe.
 */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  /** All answers that were handed to a connection and are not out yet; a third of the heap. */
  static final long MAX_WAITING = 64L << 20;

  /** Smaller ones always pass: they fit what a connection may send unasked. */
  private static final long SMALL = 4096;

  private final Vertx vertx;
  private final long limitMillis;
  private final AtomicLong waiting = new AtomicLong();

  Answers(Vertx vertx, Duration limit) {
    this.vertx = vertx;
    this.limitMillis = limit.toMillis();
  }

  <A> void send(GrpcServerRequest<?, A> request, A answer) {
    long size = answer instanceof MessageLite message ? message.getSerializedSize() : 0;
    if (size <= SMALL) {
      request.response().end(answer);
    } else if (waiting.addAndGet(size) > MAX_WAITING) {
      waiting.addAndGet(-size);
      refuse(request, size);
    } else {
      watch(request, request.response().end(answer), size);
    }
  }

  private void watch(GrpcServerRequest<?, ?> request, Future<Void> sent, long size) {
    long timer = vertx.setTimer(limitMillis, late -> disconnect(request, size));
    sent.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          waiting.addAndGet(-size);
        });
  }

  private void disconnect(GrpcServerRequest<?, ?> request, long size) {
    LOG.warn(
        "connection of {} closed: an answer of {} bytes was not taken within {} ms"
            + " (--answer-timeout)",
        Callers.describe(request.connection()),
        size,
        limitMillis);
    request.connection().close();
  }

  private static void refuse(GrpcServerRequest<?, ?> request, long size) {
    GrpcFailures.write(
        new Failure(
            FailureCode.UNAVAILABLE,
            "an answer of %d bytes was not sent: answers of %d bytes in all wait for clients that do not read them"
                .formatted(size, MAX_WAITING),
            "read the answers of earlier calls, or call again later",
            ""),
        null,
        request.response());
  }
}
