package io.bpfman.operator;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.OperatorClient;
import io.bpfman.contract.sign.DesiredStateVerifier;
import io.bpfman.contract.sign.Digests;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** An agent that loads everything at once and can refuse messages. */
final class FakeAgent implements AgentHandler {
  private final Vertx vertx;
  private final String node;
  private final Path publicKey;
  private final AtomicLong sequence = new AtomicLong();
  final AtomicInteger refusals = new AtomicInteger();
  final AtomicInteger applied = new AtomicInteger();
  volatile DesiredState held = DesiredState.getDefaultInstance();

  /** Applications that do not load, with the words of the failure. */
  final Map<String, String> failing = new ConcurrentHashMap<>();

  private final List<MessageConsumer<?>> consumers = new CopyOnWriteArrayList<>();
  private volatile boolean live;
  private volatile long timer = -1;

  FakeAgent(Vertx vertx, String node, Path publicKey) {
    this.vertx = vertx;
    this.node = node;
    this.publicKey = publicKey;
  }

  Future<?> start() {
    return AgentConsumer.register(vertx, BusAddresses.agent(node), this);
  }

  /** Begins to report by itself: at intervals and after every change. */
  Future<?> live(Duration heartbeat) {
    live = true;
    timer = vertx.setPeriodic(heartbeat.toMillis(), _ -> heartbeat());
    return AgentConsumer.register(vertx, BusAddresses.agent(node), this)
        .onSuccess(consumers::add)
        .compose(_ -> heartbeat());
  }

  /** Is not heard of any more. */
  Future<?> die() {
    live = false;
    vertx.cancelTimer(timer);
    return Future.all(consumers.stream().map(MessageConsumer::unregister).toList());
  }

  /** Sends a heartbeat, and a full report when asked for one. */
  Future<NodeReportReply> heartbeat() {
    OperatorClient operator = new OperatorClient(vertx);
    return operator
        .report(report(false))
        .compose(
            reply ->
                reply.getWantFull()
                    ? operator.report(report(true))
                    : Future.succeededFuture(reply));
  }

  List<String> keys() {
    return held.getApplicationsList().stream().map(Application::getKey).toList();
  }

  int priority() {
    return held.getApplications(0).getPrograms(0).getLinks(0).getNetwork().getPriority();
  }

  @Override
  public Future<ApplyDesiredStateReply> apply(SignedDesiredState state) {
    applied.incrementAndGet();
    if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return Future.failedFuture(FailureCode.UNAVAILABLE.because("not now"));
    }
    DesiredState verified = DesiredStateVerifier.load(publicKey).verify(state, node);
    if (verified.getEpoch() < held.getEpoch()
        || verified.getEpoch() == held.getEpoch() && verified.getRevision() < held.getRevision()) {
      return Future.failedFuture(FailureCode.REVISION_STALE.because("old"));
    }
    held = verified;
    if (live) {
      vertx.runOnContext(_ -> new OperatorClient(vertx).report(report(true)));
    }
    return Future.succeededFuture(
        ApplyDesiredStateReply.newBuilder()
            .setEpoch(held.getEpoch())
            .setRevision(held.getRevision())
            .build());
  }

  @Override
  public Future<NodeReport> report() {
    return Future.succeededFuture(report(true));
  }

  @Override
  public Future<ExplainReply> explain(ExplainRequest request) {
    return Future.succeededFuture(ExplainReply.getDefaultInstance());
  }

  private NodeReport report(boolean full) {
    List<ApplicationReport> reports =
        held.getApplicationsList().stream().map(this::report).toList();
    NodeReport.Builder report =
        NodeReport.newBuilder()
            .setNode(node)
            .setInstance("fake")
            .setSequence(sequence.incrementAndGet())
            .setDesiredEpoch(held.getEpoch())
            .setDesiredRevision(held.getRevision())
            .setDesiredDigest(held.getDigest())
            .setObservedDigest(ByteString.copyFrom(Digests.ofReports(reports).toArray()))
            .setFull(full);
    return (full ? report.addAllApplications(reports) : report).build();
  }

  private ApplicationReport report(Application application) {
    ApplicationReport.Builder report =
        ApplicationReport.newBuilder()
            .setKey(application.getKey())
            .setGeneration(application.getGeneration());
    String words = failing.get(application.getKey());
    if (words == null) {
      return report.setLoadState(LoadState.LOAD_STATE_LOADED).build();
    }
    Failure failure =
        Failure.newBuilder()
            .setCode(FailureCode.VERIFIER_REJECTED.number())
            .setMessage(words)
            .build();
    return report.setLoadState(LoadState.LOAD_STATE_ERROR).setFailure(failure).build();
  }
}
