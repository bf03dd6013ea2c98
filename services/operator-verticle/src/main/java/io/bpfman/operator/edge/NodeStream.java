package io.bpfman.operator.edge;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.BusRelay;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.contract.edge.EdgeCalls;
import io.bpfman.contract.edge.EdgeMessages;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.FromNode;
import io.bpfman.proto.edge.v1.ToNode;
import io.bpfman.proto.edge.v1.Welcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node for as long as its stream stands. Its name is that of its certificate, and that name is
 * written on whatever it sends; a message that says otherwise is refused. Used on one event loop.
 */
final class NodeStream {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStream.class);

  /** The only call that a node may make. */
  private static final String REPORT_ACTION = "NodeReport";

  private final Vertx vertx;
  private final String node;
  private final NodeLimits limits;
  private final GrpcServerRequest<FromNode, ToNode> request;
  private final GrpcServerResponse<FromNode, ToNode> response;
  private final EdgeCalls calls;
  private final EventPublisher events;
  private final Promise<Void> end = Promise.promise();
  private Future<MessageConsumer<Buffer>> agent = Future.failedFuture("not registered yet");
  private Future<MessageConsumer<Buffer>> loader = Future.failedFuture("not registered yet");
  private int reports;
  private boolean toldForged;

  NodeStream(
      Vertx vertx, String node, NodeLimits limits, GrpcServerRequest<FromNode, ToNode> request) {
    this.vertx = vertx;
    this.node = node;
    this.limits = limits;
    this.request = request;
    this.response = request.response();
    this.calls = new EdgeCalls(vertx, "node \"%s\"".formatted(node));
    this.events = new EventPublisher(vertx);
  }

  /**
   * Registers the node's addresses and listens to it.
   *
   * @param operator own name, for the node's log
   * @return completes when it is over, and the addresses are gone
   */
  Future<Void> run(String operator) {
    request.errorHandler(error -> end(GrpcStatus.CANCELLED, "the stream broke: " + error));
    request.exceptionHandler(thrown -> end(GrpcStatus.CANCELLED, "the stream broke"));
    request.endHandler(_ -> end(GrpcStatus.OK, ""));
    response.exceptionHandler(thrown -> end(GrpcStatus.CANCELLED, "the stream broke"));
    request.handler(this::hear);
    agent =
        BusRelay.receive(
            vertx,
            BusAddresses.agent(node),
            call -> calls.send(call, sent -> write(ToNode.newBuilder().setAgent(sent))));
    loader =
        BusRelay.receive(
            vertx,
            BusAddresses.loader(node),
            BusRelay.readingOnly(
                call -> calls.send(call, sent -> write(ToNode.newBuilder().setLoader(sent)))));
    Future.all(agent, loader)
        .onSuccess(
            _ -> write(ToNode.newBuilder().setWelcome(Welcome.newBuilder().setOperator(operator))))
        .onFailure(thrown -> end(GrpcStatus.UNAVAILABLE, "the bus did not take the node"));
    return end.future();
  }

  /** Ends the stream with a reason that the node shows; a second time does nothing. */
  void end(GrpcStatus status, String why) {
    if (end.future().isComplete()) {
      return;
    }
    end.complete();
    agent.onSuccess(MessageConsumer::unregister);
    loader.onSuccess(MessageConsumer::unregister);
    calls.end();
    if (status == GrpcStatus.CANCELLED) {
      response.cancel();
    } else {
      response.status(status).statusMessage(why).end();
    }
  }

  private void hear(FromNode message) {
    if (end.future().isComplete()) {
      return;
    }
    if (!limits.take(message.getSerializedSize())) {
      LOG.warn("node {} sends too much: {}; its connection is ended", node, NodeLimits.describe());
      end(GrpcStatus.RESOURCE_EXHAUSTED, NodeLimits.describe());
      return;
    }
    switch (message.getMessageCase()) {
      case HELLO -> hello(message.getHello().getVersion());
      case REPORT -> report(message.getReport());
      case REPLY -> calls.answered(message.getReply());
      case EVENT -> events.publish(message.getEvent().toBuilder().setNode(node).build());
      // Of a later release; nothing here waits for it.
      case MESSAGE_NOT_SET -> {}
    }
  }

  private void hello(int version) {
    if (version != EdgeMessages.VERSION) {
      end(
          GrpcStatus.FAILED_PRECONDITION,
          String.format(
              Locale.ROOT,
              "edge protocol version %d is not spoken here, only %d; run the same release everywhere",
              version,
              EdgeMessages.VERSION));
    }
  }

  private void report(Call call) {
    if (reports >= NodeLimits.REPORTS_AT_ONCE) {
      answer(
          call.getId(),
          BusRelay.failed(
              FailureCode.TOO_MANY_CALLS
                  .because(
                      "%d reports of node \"%s\" wait, which is the limit".formatted(reports, node),
                      "send the next when one is answered")
                  .failure()));
      return;
    }
    reports++;
    relay(call)
        .onSuccess(
            reply -> {
              reports--;
              answer(call.getId(), reply);
            });
  }

  private Future<RelayedReply> relay(Call call) {
    try {
      requireOwn(call);
    } catch (BpfmanException refused) {
      if (!toldForged) {
        toldForged = true;
        LOG.warn("refused a message of node {}", node, refused);
      }
      return Future.succeededFuture(BusRelay.failed(refused.failure()));
    }
    RelayedCall own = EdgeMessages.call(call).from("agent/" + node);
    return BusRelay.send(vertx, BusAddresses.OPERATOR_REPORTS, own);
  }

  private void requireOwn(Call call) {
    if (!REPORT_ACTION.equals(call.getAction())) {
      throw FailureCode.PERMISSION_DENIED.because(
          "node \"%s\" may send %s, not another action".formatted(node, REPORT_ACTION), "");
    }
    try {
      String said = NodeReport.parseFrom(call.getPayload()).getNode();
      if (!said.equals(node)) {
        throw FailureCode.PERMISSION_DENIED.because(
            "node \"%s\" sent a report in the name of another".formatted(node),
            "a node speaks for itself only; its certificate and --node-name must name the same");
      }
    } catch (InvalidProtocolBufferException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "a report of node \"%s\" cannot be read".formatted(node),
          "run the same release of bpfman on every node",
          e);
    }
  }

  private void answer(long id, RelayedReply reply) {
    write(ToNode.newBuilder().setReply(EdgeMessages.reply(id, reply)));
  }

  private void write(ToNode.Builder message) {
    if (!end.future().isComplete()) {
      response.write(message.build()).onFailure(_ -> end(GrpcStatus.CANCELLED, "it broke"));
    }
  }
}
