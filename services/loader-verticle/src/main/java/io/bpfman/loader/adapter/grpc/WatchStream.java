package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.grpc.GrpcFailures;
import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.core.watch.EventQueue;
import io.bpfman.model.BpfmanException;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's Watch: writes as fast as the client reads and leaves the rest in the queue. Works on
 * the connection's event loop.
 */
final class WatchStream {
  private static final Logger LOG = LoggerFactory.getLogger(WatchStream.class);

  private final GrpcServerResponse<WatchRequest, WatchEvent> response;
  private final Context context;
  private final EventQueue queue;
  private final Runnable release;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private boolean ended;

  private WatchStream(
      EventHub hub,
      WatchRequest wanted,
      GrpcServerRequest<WatchRequest, WatchEvent> request,
      Supplier<Runnable> hold) {
    this.response = request.response();
    this.context = Vertx.currentContext();
    this.queue = hub.subscribe(WatchMessages.kinds(wanted), this::signal);
    this.release = hold.get();
  }

  /**
   * Called on the event loop of the connection. INVALID_REQUEST for a kind that is not known here,
   * TOO_MANY_CALLS when there are too many watchers.
   *
   * @param hold keeps the connection from being idle until what it answers is run
   */
  static WatchStream begin(
      EventHub hub,
      WatchRequest wanted,
      GrpcServerRequest<WatchRequest, WatchEvent> request,
      Supplier<Runnable> hold) {
    WatchStream stream = new WatchStream(hub, wanted, request, hold);
    request.errorHandler(error -> stream.left());
    request.exceptionHandler(thrown -> stream.left());
    stream.response.exceptionHandler(thrown -> stream.left());
    stream.response.drainHandler(room -> stream.write());
    stream.signal();
    return stream;
  }

  /** Any thread; several signals before the event loop comes to them are one. */
  private void signal() {
    if (scheduled.compareAndSet(false, true)) {
      context.runOnContext(
          now -> {
            scheduled.set(false);
            write();
          });
    }
  }

  private void write() {
    while (!ended && !response.writeQueueFull()) {
      Optional<EventQueue.Entry> next = queue.poll();
      if (next.isEmpty()) {
        queue.failure().ifPresent(reason -> end(() -> fail(reason)));
        return;
      }
      response.write(WatchMessages.event(next.get())).onFailure(thrown -> left());
    }
    if (!ended && queue.failure().isPresent()) {
      // A client that does not read gets no more events, only the end.
      queue.failure().ifPresent(reason -> end(() -> fail(reason)));
    }
  }

  private void fail(BpfmanException reason) {
    LOG.info("Watch ended: {}", reason.getMessage());
    GrpcFailures.write(reason.failure(), null, response);
  }

  /** The client has gone. */
  private void left() {
    end(() -> {});
  }

  private void end(Runnable farewell) {
    if (!ended) {
      ended = true;
      queue.close();
      release.run();
      farewell.run();
    }
  }
}
