package io.bpfman.contract.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.contract.Await;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlBusTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void theAgentOfANodeAnswersItsThreeRequests() {
    Await.result(AgentConsumer.register(vertx, BusAddresses.agent("n1"), new Echo()));
    AgentClient client = new AgentClient(vertx, BusAddresses.agent("n1"));

    SignedDesiredState state = SignedDesiredState.newBuilder().setKeyId("k").build();
    assertEquals(1, Await.result(client.apply(state)).getRevision());
    assertEquals("n1", Await.result(client.report()).getNode());
    assertEquals(
        "K/a",
        Await.result(client.explain(ExplainRequest.newBuilder().setApplication("K/a").build()))
            .getLines(0));
  }

  @Test
  void theOperatorAnswersReportsUntilItUnregisters() {
    MessageConsumer<Buffer> consumer =
        Await.result(
            OperatorConsumer.register(
                vertx,
                report ->
                    Future.succeededFuture(
                        NodeReportReply.newBuilder().setWantFull(!report.getFull()).build())));
    OperatorClient client = new OperatorClient(vertx);
    NodeReport report = NodeReport.newBuilder().setNode("n1").build();

    assertEquals(true, Await.result(client.report(report)).getWantFull());
    Await.result(consumer.unregister());
    assertEquals(FailureCode.UNAVAILABLE, Await.failure(client.report(report)).code());
  }

  @Test
  void aHandlerThatThrowsFailsTheRequestOnly() {
    Await.result(
        OperatorConsumer.register(
            vertx,
            report -> {
              throw FailureCode.REVISION_STALE.because("old " + report.getNode());
            }));

    NodeReport report = NodeReport.newBuilder().setNode("n1").build();
    OperatorClient client = new OperatorClient(vertx);
    assertEquals("old n1", Await.failure(client.report(report)).failure().message());
    assertEquals(FailureCode.REVISION_STALE, Await.failure(client.report(report)).code());
  }

  @Test
  void eventsReachEverySubscriberAndGarbageNone() {
    Promise<Event> first = Promise.promise();
    Promise<Event> second = Promise.promise();
    EventPublisher.subscribe(vertx, first::tryComplete);
    EventPublisher.subscribe(vertx, second::tryComplete);
    Event event = Event.newBuilder().setNode("n1").setMessage("loaded").build();

    vertx.eventBus().publish(BusAddresses.EVENTS, Buffer.buffer(new byte[] {8}));
    new EventPublisher(vertx).publish(event);
    assertEquals(event, Await.result(first.future()));
    assertEquals(event, Await.result(second.future()));
  }

  private static final class Echo implements AgentHandler {
    @Override
    public Future<ApplyDesiredStateReply> apply(SignedDesiredState state) {
      return Future.succeededFuture(
          ApplyDesiredStateReply.newBuilder().setRevision(state.getKeyId().length()).build());
    }

    @Override
    public Future<NodeReport> report() {
      return Future.succeededFuture(NodeReport.newBuilder().setNode("n1").build());
    }

    @Override
    public Future<ExplainReply> explain(ExplainRequest request) {
      return Future.succeededFuture(
          ExplainReply.newBuilder().addLines(request.getApplication()).build());
    }
  }
}
