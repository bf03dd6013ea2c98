package io.bpfman.loader.adapter.grpc;

import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.function.Consumer;

/**
 * One client's dump: a part is read from the kernel when there is room for it on the connection.
 * Works on the connection's event loop; reads on other threads.
 */
final class DumpStream {
  private final CallThreads threads;
  private final DumpParts parts;
  private final GrpcServerResponse<DumpMapRequest, DumpMapResponse> response;
  private final Consumer<Throwable> failed;
  private boolean reading;
  private boolean ended;

  private DumpStream(
      CallThreads threads,
      DumpParts parts,
      GrpcServerRequest<DumpMapRequest, DumpMapResponse> request,
      Consumer<Throwable> failed) {
    this.threads = threads;
    this.parts = parts;
    this.response = request.response();
    this.failed = failed;
  }

  /**
   * Called on the event loop of the connection.
   *
   * @param failed tells the client why there is no more
   */
  static void begin(
      CallThreads threads,
      DumpParts parts,
      GrpcServerRequest<DumpMapRequest, DumpMapResponse> request,
      Consumer<Throwable> failed) {
    DumpStream stream = new DumpStream(threads, parts, request, failed);
    request.errorHandler(error -> stream.left());
    request.exceptionHandler(thrown -> stream.left());
    stream.response.exceptionHandler(thrown -> stream.left());
    stream.response.drainHandler(room -> stream.pull());
    stream.pull();
  }

  private void pull() {
    if (ended || reading || response.writeQueueFull()) {
      return;
    }
    reading = true;
    threads
        .read(parts::next)
        .onSuccess(
            part -> {
              reading = false;
              write(part);
            })
        .onFailure(this::fail);
  }

  private void write(DumpMapResponse part) {
    if (ended) {
      return;
    }
    if (parts.isDone()) {
      ended = true;
      response.end(part);
    } else {
      response.write(part).onFailure(thrown -> left());
      pull();
    }
  }

  private void fail(Throwable thrown) {
    if (!ended) {
      ended = true;
      failed.accept(thrown);
    }
  }

  /** The client has gone. */
  private void left() {
    ended = true;
  }
}
