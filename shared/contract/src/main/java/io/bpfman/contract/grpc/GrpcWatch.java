package io.bpfman.contract.grpc;

import io.bpfman.contract.LoaderWatch;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.ExtensionGrpcClient;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Watch over the socket. Works on one event loop; may be closed from any thread. */
final class GrpcWatch implements LoaderWatch {
  private static final Duration PING = Duration.ofSeconds(30);

  /** RFC 9113, 6.7. */
  private static final int PING_BYTES = 8;

  private final Context context;
  private final Consumer<WatchEvent> listener;
  private final Promise<Void> end = Promise.promise();
  private @Nullable GrpcClientRequest<WatchRequest, WatchEvent> request;
  private boolean silent;

  GrpcWatch(Context context, Consumer<WatchEvent> listener) {
    this.context = context;
    this.listener = listener;
  }

  void begin(GrpcCalls calls, WatchRequest wanted) {
    context.runOnContext(
        now ->
            calls
                .open(ExtensionGrpcClient.Watch)
                .onSuccess(opened -> send(opened, wanted))
                .onFailure(this::fail));
  }

  private void send(GrpcClientRequest<WatchRequest, WatchEvent> opened, WatchRequest wanted) {
    request = opened;
    if (end.future().isComplete()) {
      opened.cancel();
      return;
    }
    opened.response().onSuccess(this::follow).onFailure(this::broken);
    opened.end(wanted).onFailure(this::broken);
    Vertx vertx = context.owner();
    long timer = vertx.setPeriodic(PING.toMillis(), now -> ping(opened));
    end.future().onComplete(over -> vertx.cancelTimer(timer));
  }

  /** Nothing else tells a quiet daemon from one that is stopped. */
  private void ping(GrpcClientRequest<WatchRequest, WatchEvent> opened) {
    if (silent) {
      opened.cancel();
      broken(new IllegalStateException("it has not answered for %d s".formatted(PING.toSeconds())));
      return;
    }
    silent = true;
    opened
        .connection()
        .ping(Buffer.buffer(new byte[PING_BYTES]))
        .onSuccess(alive -> silent = false)
        .onFailure(this::broken);
  }

  private void follow(GrpcClientResponse<WatchRequest, WatchEvent> response) {
    response.exceptionHandler(this::broken);
    response.endHandler(over -> ended(response));
    response.handler(this::tell);
  }

  private void tell(WatchEvent event) {
    if (!end.future().isComplete()) {
      listener.accept(event);
    }
  }

  private void ended(GrpcClientResponse<?, ?> response) {
    GrpcStatus status = response.status();
    if (status == null || status == GrpcStatus.OK) {
      broken(new IllegalStateException("the daemon ended the stream"));
    } else {
      GrpcStatusException thrown = GrpcFailures.read(response);
      fail(new BpfmanException(thrown.failure(), thrown));
    }
  }

  private void broken(Throwable thrown) {
    fail(
        FailureCode.UNAVAILABLE.because(
            "the daemon went away while it was watched: " + thrown.getMessage(),
            "watch again when it is back",
            thrown));
  }

  private void fail(Throwable reason) {
    end.tryFail(reason);
  }

  @Override
  public Future<Void> end() {
    return end.future();
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        now -> {
          if (end.tryComplete() && request != null) {
            request.cancel();
          }
          closed.complete();
        });
    return closed.future();
  }
}
