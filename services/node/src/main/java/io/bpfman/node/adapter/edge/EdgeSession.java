package io.bpfman.node.adapter.edge;

import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.contract.edge.EdgeCalls;
import io.bpfman.contract.edge.EdgeMessages;
import io.bpfman.node.port.NodeBus;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.FromNode;
import io.bpfman.proto.edge.v1.Hello;
import io.bpfman.proto.edge.v1.ToNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One stream to one operator, from its first message to its end. Used on one event loop. */
final class EdgeSession {
  /** An operator that is stopped or cut off is noticed after two of them. */
  private static final long PING_MS = 4_000;

  /** From the open stream to the operator's first message. */
  private static final long WELCOME_MS = 10_000;

  /** RFC 9113, 6.7. */
  private static final int PING_BYTES = 8;

  private final Vertx vertx;
  private final NodeBus bus;
  private final GrpcClientRequest<FromNode, ToNode> stream;
  private final Consumer<String> welcomed;
  private final EdgeCalls reports;
  private final Promise<String> end = Promise.promise();
  private NodeBus.@Nullable Connection connection;
  private boolean silent;

  /**
   * @param welcomed told the operator's name when it speaks for this node
   */
  EdgeSession(
      Vertx vertx,
      NodeBus bus,
      GrpcClientRequest<FromNode, ToNode> stream,
      Consumer<String> welcomed) {
    this.vertx = vertx;
    this.bus = bus;
    this.stream = stream;
    this.welcomed = welcomed;
    this.reports = new EdgeCalls(vertx, "the operator");
  }

  /** Why it is over; never fails. */
  Future<String> run() {
    stream.exceptionHandler(thrown -> end(String.valueOf(thrown.getMessage())));
    stream
        .response()
        .onSuccess(this::follow)
        .onFailure(thrown -> end(String.valueOf(thrown.getMessage())));
    write(FromNode.newBuilder().setHello(Hello.newBuilder().setVersion(EdgeMessages.VERSION)));
    long late = vertx.setTimer(WELCOME_MS, _ -> endUnlessWelcomed());
    long ping = vertx.setPeriodic(PING_MS, _ -> ping());
    return end.future()
        .onComplete(
            _ -> {
              vertx.cancelTimer(late);
              vertx.cancelTimer(ping);
            });
  }

  /** A second time does nothing. */
  void end(String why) {
    if (end.tryComplete(why)) {
      if (connection != null) {
        connection.close();
      }
      reports.end();
      stream.cancel();
    }
  }

  private void follow(GrpcClientResponse<FromNode, ToNode> response) {
    response.exceptionHandler(thrown -> end(String.valueOf(thrown.getMessage())));
    response.endHandler(_ -> end(reason(response)));
    response.handler(this::hear);
  }

  private static String reason(GrpcClientResponse<FromNode, ToNode> response) {
    GrpcStatus status = response.status();
    String message = response.statusMessage();
    return status == null || status == GrpcStatus.OK
        ? "the operator ended the connection"
        : "%s: %s".formatted(status.name(), message == null ? "no reason given" : message);
  }

  private void hear(ToNode message) {
    switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome().getOperator());
      case AGENT -> ask(message.getAgent(), bus::agent);
      case LOADER -> ask(message.getLoader(), bus::loader);
      case REPLY -> reports.answered(message.getReply());
      // Of a later release; nothing here waits for it.
      case MESSAGE_NOT_SET -> {}
    }
  }

  private void welcome(String operator) {
    if (connection == null) {
      connection = bus.open(this::report, this::tell);
      welcomed.accept(operator);
    }
  }

  private Future<RelayedReply> report(RelayedCall call) {
    return reports.send(call, written -> write(FromNode.newBuilder().setReport(written)));
  }

  /** Dropped when the stream is full: events may be lost. */
  private void tell(Event event) {
    if (!stream.writeQueueFull()) {
      write(FromNode.newBuilder().setEvent(event));
    }
  }

  private void ask(Call call, Function<RelayedCall, Future<RelayedReply>> target) {
    target
        .apply(EdgeMessages.call(call))
        .onSuccess(
            reply ->
                write(FromNode.newBuilder().setReply(EdgeMessages.reply(call.getId(), reply))));
  }

  private void write(FromNode.Builder message) {
    if (!end.future().isComplete()) {
      stream.write(message.build()).onFailure(thrown -> end(String.valueOf(thrown.getMessage())));
    }
  }

  private void endUnlessWelcomed() {
    if (connection == null) {
      end("the operator has not answered for %d s".formatted(WELCOME_MS / 1_000));
    }
  }

  private void ping() {
    if (silent) {
      end("the operator has not answered for %d s".formatted(PING_MS / 1_000));
      return;
    }
    silent = true;
    stream
        .connection()
        .ping(Buffer.buffer(new byte[PING_BYTES]))
        .onSuccess(_ -> silent = false)
        .onFailure(thrown -> end(String.valueOf(thrown.getMessage())));
  }
}
