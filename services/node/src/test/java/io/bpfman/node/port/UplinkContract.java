package io.bpfman.node.port;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.AgentClient;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.BusLoader;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.LoaderConsumer;
import io.bpfman.contract.bus.OperatorClient;
import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.bpfman.testkit.FakeLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every uplink does, with a real one and the operators' side of it. */
@Timeout(120)
public abstract class UplinkContract {
  protected static final String NODE = "n1";
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final int UP_S = 40;

  private final Vertx own = Vertx.vertx();
  private final FakeLoader loader = new FakeLoader();
  private final List<NodeReport> reports = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private Uplink uplink;

  /** Starts the operators' side anew, at the same address as before, and answers its bus. */
  protected abstract Vertx startOperators();

  /** As kill -9 would. */
  protected abstract void killOperators();

  protected abstract Uplink uplink(NodeBus bus);

  /** Of the node's process. */
  protected Vertx nodeVertx() {
    return own;
  }

  @BeforeEach
  void startNode() {
    done(AgentConsumer.register(own, BusAddresses.OWN_AGENT, new Echo()));
    done(LoaderConsumer.register(own, BusAddresses.OWN_LOADER, loader));
    uplink = uplink(new NodeBus(own));
  }

  @AfterEach
  void stopEverything() {
    uplink.close(CLOSE_LIMIT);
    killOperators();
    done(own.close());
  }

  private Vertx connected() {
    Vertx operators = operators();
    uplink.start();
    awaitConnection(operators);
    return operators;
  }

  private Vertx operators() {
    Vertx operators = startOperators();
    done(OperatorConsumer.register(operators, this::take));
    EventPublisher.subscribe(operators, events::add);
    return operators;
  }

  private Future<NodeReportReply> take(NodeReport report) {
    reports.add(report);
    return Future.succeededFuture(NodeReportReply.newBuilder().setWantFull(true).build());
  }

  private void awaitConnection(Vertx operators) {
    await()
        .atMost(UP_S, SECONDS)
        .ignoreExceptions()
        .until(() -> agent(operators).report().await(5, SECONDS).getNode().equals(NODE));
    await()
        .atMost(UP_S, SECONDS)
        .ignoreExceptions()
        .until(() -> report(0).await(5, SECONDS).getWantFull());
    reports.clear();
  }

  private static AgentClient agent(Vertx operators) {
    return new AgentClient(operators, BusAddresses.agent(NODE));
  }

  private Future<NodeReportReply> report(long sequence) {
    return new OperatorClient(own)
        .report(NodeReport.newBuilder().setNode(NODE).setSequence(sequence).build());
  }

  @Test
  void desiredStateGetsToTheAgentAndItsAnswerComesBack() {
    Vertx operators = connected();

    assertEquals(7, done(agent(operators).apply(revision(7))).getRevision());
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> done(agent(operators).apply(revision(0))));
    assertEquals(FailureCode.REVISION_STALE, refused.code());
  }

  @Test
  void reportsGetToTheLeaderAndEventsToWhoeverListens() {
    connected();

    done(report(3));
    new EventPublisher(own).publish(Event.newBuilder().setNode(NODE).setMessage("loaded").build());

    assertEquals(3, reports.getFirst().getSequence());
    await().atMost(10, SECONDS).until(() -> !events.isEmpty());
    assertEquals("loaded", events.getFirst().getMessage());
  }

  @Test
  void theLoaderIsReadAndNeverChanged() {
    BusLoader console = new BusLoader(connected(), BusAddresses.loader(NODE), "console");

    done(console.describe(DescribeRequest.getDefaultInstance()));
    BpfmanException refused =
        assertThrows(
            BpfmanException.class, () -> done(console.unload(UnloadRequest.getDefaultInstance())));

    assertEquals(FailureCode.PERMISSION_DENIED, refused.code());
  }

  @Test
  void withoutOperatorsTheAgentIsToldAtOnceAndTheyAreFoundWhenTheyCome() {
    uplink.start();

    BpfmanException alone = assertThrows(BpfmanException.class, () -> done(report(1)));
    assertEquals(FailureCode.UNAVAILABLE, alone.code());

    awaitConnection(operators());
  }

  @Test
  void operatorsThatDieAndComeBackAreFoundAgain() {
    connected();
    killOperators();

    awaitConnection(operators());
  }

  @Test
  void aClosedUplinkCarriesNothing() {
    connected();
    uplink.close(CLOSE_LIMIT);

    BpfmanException alone = assertThrows(BpfmanException.class, () -> done(report(1)));
    assertEquals(FailureCode.UNAVAILABLE, alone.code());
  }

  private static SignedDesiredState revision(long revision) {
    return SignedDesiredState.newBuilder()
        .setDesiredState(ByteString.copyFromUtf8(Long.toString(revision)))
        .build();
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(15, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 15 s", late);
    }
  }

  /** Takes every revision but 0. */
  private static final class Echo implements AgentHandler {
    @Override
    public Future<ApplyDesiredStateReply> apply(SignedDesiredState signed) {
      long revision = Long.parseLong(signed.getDesiredState().toStringUtf8());
      return revision == 0
          ? Future.failedFuture(FailureCode.REVISION_STALE.because("revision 0 is old", ""))
          : Future.succeededFuture(
              ApplyDesiredStateReply.newBuilder().setRevision(revision).build());
    }

    @Override
    public Future<NodeReport> report() {
      return Future.succeededFuture(NodeReport.newBuilder().setNode(NODE).build());
    }

    @Override
    public Future<ExplainReply> explain(ExplainRequest request) {
      return Future.succeededFuture(ExplainReply.getDefaultInstance());
    }
  }
}
