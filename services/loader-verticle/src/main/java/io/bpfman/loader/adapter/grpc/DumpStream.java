package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.BpfmanException;
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
  private final Reading reads;
  private final DumpParts parts;
  private final GrpcServerResponse<DumpMapRequest, DumpMapResponse> response;
  private final Consumer<Throwable> failed;
  private boolean reading;

  /** Bytes that were written since the connection last had room. */
  private long waiting;

  private boolean ended;

  /**
   * What all dumps share.
   *
   * @param room for parts until they are sent
   */
  record Reading(CallThreads threads, DumpRoom room) {}

  private DumpStream(
      Reading reads,
      DumpParts parts,
      GrpcServerRequest<DumpMapRequest, DumpMapResponse> request,
      Consumer<Throwable> failed) {
    this.reads = reads;
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
      Reading reads,
      DumpParts parts,
      GrpcServerRequest<DumpMapRequest, DumpMapResponse> request,
      Consumer<Throwable> failed) {
    DumpStream stream = new DumpStream(reads, parts, request, failed);
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
    giveBack();
    reading = true;
    reads
        .threads()
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
    int bytes = part.getSerializedSize();
    try {
      reads.room().take(bytes);
    } catch (BpfmanException full) {
      fail(full);
      return;
    }
    waiting += bytes;
    if (parts.isDone()) {
      ended = true;
      response.end(part).onComplete(_ -> giveBack());
    } else {
      response.write(part).onFailure(thrown -> left());
      pull();
    }
  }

  /** What was written before has left, but for what the connection's queue may hold. */
  private void giveBack() {
    reads.room().giveBack(waiting);
    waiting = 0;
  }

  private void fail(Throwable thrown) {
    if (!ended) {
      left();
      failed.accept(thrown);
    }
  }

  /** The client has gone. */
  private void left() {
    ended = true;
    giveBack();
  }
}
