package io.bpfman.contract.grpc;

import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ExtensionGrpcClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcError;
import io.vertx.grpc.common.GrpcErrorException;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Unary calls over one Unix socket, each with a deadline. */
final class GrpcCalls {
  /** Holds a verifier log of 16 MiB and a dump of a large map. */
  static final int MAX_MESSAGE_BYTES = 64 << 20;

  private static final Duration MUTATION_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

  /** A daemon that runs takes a connection in milliseconds. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** A dump is as long as its map. */
  private static final Duration DUMP_TIMEOUT = Duration.ofSeconds(30);

  /** Other servers may send larger trailers than ours. */
  private static final int MAX_HEADER_BYTES = 64 << 10;

  private static final int WINDOW_BYTES = 1 << 20;

  private final GrpcClient client;
  private final SocketAddress address;
  private final Path socket;
  private final Duration connectTimeout;

  GrpcCalls(Vertx vertx, Path socket) {
    this(vertx, socket, CONNECT_TIMEOUT);
  }

  /**
   * @param connectTimeout until the server has said that it speaks HTTP/2
   */
  GrpcCalls(Vertx vertx, Path socket, Duration connectTimeout) {
    this.connectTimeout = connectTimeout;
    this.socket = socket;
    this.address = SocketAddress.domainSocketAddress(socket.toString());
    this.client =
        GrpcClient.client(
            vertx,
            new GrpcClientOptions()
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setScheduleDeadlineAutomatically(true),
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(WINDOW_BYTES)
                .setInitialSettings(
                    new Http2Settings()
                        .setInitialWindowSize(WINDOW_BYTES)
                        .setMaxHeaderListSize(MAX_HEADER_BYTES)));
  }

  Future<Void> close() {
    return client.close();
  }

  <Q, R> Future<R> mutate(ServiceMethod<R, Q> method, Q request) {
    return call(method, request, MUTATION_TIMEOUT);
  }

  <Q, R> Future<R> read(ServiceMethod<R, Q> method, Q request) {
    return call(method, request, READ_TIMEOUT);
  }

  /** All parts in one message, at most 16 MiB of them. */
  Future<DumpMapResponse> dump(DumpMapRequest wanted) {
    ServiceMethod<DumpMapResponse, DumpMapRequest> method = ExtensionGrpcClient.DumpMap;
    return open(method)
        .compose(
            request ->
                new DumpCollector(request)
                    .collect(wanted, DUMP_TIMEOUT)
                    .recover(thrown -> Future.failedFuture(broken(thrown, method, DUMP_TIMEOUT))));
  }

  /** A call without deadline that is yet to be sent. */
  <Q, R> Future<GrpcClientRequest<Q, R>> open(ServiceMethod<R, Q> method) {
    Future<GrpcClientRequest<Q, R>> opened = client.request(address, method);
    return opened
        .timeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(thrown -> opened.onSuccess(GrpcClientRequest::cancel))
        .recover(thrown -> Future.failedFuture(unreachable(thrown)));
  }

  /** The server is told what is left of the time when it is connected. */
  <Q, R> Future<R> call(ServiceMethod<R, Q> method, Q message, Duration timeout) {
    long begin = System.nanoTime();
    return open(method)
        .compose(
            request ->
                exchange(request, message, left(timeout, begin))
                    .recover(thrown -> Future.failedFuture(broken(thrown, method, timeout))));
  }

  private static Duration left(Duration timeout, long begin) {
    Duration left = timeout.minusNanos(System.nanoTime() - begin);
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  private static <Q, R> Future<R> exchange(
      GrpcClientRequest<Q, R> request, Q message, Duration timeout) {
    return request
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .send(message)
        .compose(GrpcCalls::answer)
        .timeout(timeout.toMillis() + 500, TimeUnit.MILLISECONDS)
        .onFailure(
            thrown -> {
              if (thrown instanceof TimeoutException) {
                request.cancel();
              }
            });
  }

  private static <Q, R> Future<R> answer(GrpcClientResponse<Q, R> response) {
    return response
        .last()
        .transform(
            outcome -> {
              GrpcStatus status = response.status();
              if (status == null || status == GrpcStatus.OK) {
                return outcome.succeeded() && outcome.result() != null
                    ? Future.succeededFuture(outcome.result())
                    : Future.failedFuture(
                        outcome.succeeded()
                            ? new IllegalStateException("the answer holds no message")
                            : outcome.cause());
              }
              return Future.failedFuture(GrpcFailures.read(response));
            });
  }

  private RuntimeException unreachable(Throwable thrown) {
    if (thrown instanceof TimeoutException) {
      return FailureCode.UNAVAILABLE.because(
          "the bpfman daemon did not take the connection to %s within %d ms"
              .formatted(socket, connectTimeout.toMillis()),
          "its process is stopped or overloaded: look at it and at its log",
          thrown);
    }
    String reason = Files.exists(socket) ? "nothing answers there" : "the socket does not exist";
    return FailureCode.UNAVAILABLE.because(
        "the bpfman daemon cannot be reached at %s: %s".formatted(socket, reason),
        "start it with: bpfman serve --socket-path " + socket,
        thrown);
  }

  private Throwable broken(Throwable thrown, ServiceMethod<?, ?> method, Duration timeout) {
    return switch (thrown) {
      case GrpcStatusException status -> status;
      case TimeoutException _ -> late(thrown, method, timeout);
      case GrpcErrorException e when e.error() == GrpcError.CANCELLED ->
          late(thrown, method, timeout);
      default ->
          FailureCode.UNAVAILABLE.because(
              "the connection to %s broke during %s: %s"
                  .formatted(socket, method.methodName(), thrown.getMessage()),
              "the daemon may have stopped; whether the call was carried out is unknown",
              thrown);
    };
  }

  private RuntimeException late(Throwable thrown, ServiceMethod<?, ?> method, Duration timeout) {
    return FailureCode.DEADLINE_EXCEEDED.because(
        "%s at %s was not answered within %d ms"
            .formatted(method.methodName(), socket, timeout.toMillis()),
        "whether it was carried out is unknown; list what is loaded before trying again",
        thrown);
  }
}
