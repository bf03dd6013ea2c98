package io.bpfman.contract.grpc;

import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Puts the parts of one dump together. Used once, on the event loop of its connection. */
final class DumpCollector {
  /** The rest of a larger map is left out. */
  private static final long MAX_BYTES = 16L << 20;

  private final GrpcClientRequest<DumpMapRequest, DumpMapResponse> request;
  private final DumpMapResponse.Builder whole = DumpMapResponse.newBuilder();
  private final Promise<DumpMapResponse> promise = Promise.promise();
  private long bytes;

  DumpCollector(GrpcClientRequest<DumpMapRequest, DumpMapResponse> request) {
    this.request = request;
  }

  Future<DumpMapResponse> collect(DumpMapRequest wanted, Duration timeout) {
    request.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    request.response().onSuccess(this::follow).onFailure(promise::tryFail);
    request.end(wanted).onFailure(promise::tryFail);
    return promise
        .future()
        .timeout(timeout.toMillis() + 500, TimeUnit.MILLISECONDS)
        .onFailure(thrown -> request.cancel());
  }

  private void follow(GrpcClientResponse<DumpMapRequest, DumpMapResponse> response) {
    response.exceptionHandler(promise::tryFail);
    response.endHandler(over -> ended(response));
    response.handler(this::add);
  }

  private void add(DumpMapResponse part) {
    if (promise.future().isComplete()) {
      return;
    }
    long grown = bytes + part.getSerializedSize();
    if (bytes > 0 && grown > MAX_BYTES) {
      promise.complete(whole.setTruncated(true).build());
      request.cancel();
      return;
    }
    bytes = grown;
    whole.mergeFrom(part);
  }

  private void ended(GrpcClientResponse<?, ?> response) {
    GrpcStatus status = response.status();
    if (status == null || status == GrpcStatus.OK) {
      promise.tryComplete(whole.build());
    } else {
      promise.tryFail(GrpcFailures.read(response));
    }
  }
}
