package io.bpfman.operator;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
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
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
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

  FakeAgent(Vertx vertx, String node, Path publicKey) {
    this.vertx = vertx;
    this.node = node;
    this.publicKey = publicKey;
  }

  Future<?> start() {
    return AgentConsumer.register(vertx, node, this);
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
    if (verified.getRevision() < held.getRevision()) {
      return Future.failedFuture(FailureCode.REVISION_STALE.because("old"));
    }
    held = verified;
    return Future.succeededFuture(
        ApplyDesiredStateReply.newBuilder().setRevision(held.getRevision()).build());
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
        held.getApplicationsList().stream()
            .map(
                a ->
                    ApplicationReport.newBuilder()
                        .setKey(a.getKey())
                        .setGeneration(a.getGeneration())
                        .setLoadState(LoadState.LOAD_STATE_LOADED)
                        .build())
            .toList();
    NodeReport.Builder report =
        NodeReport.newBuilder()
            .setNode(node)
            .setInstance("fake")
            .setSequence(sequence.incrementAndGet())
            .setDesiredRevision(held.getRevision())
            .setDesiredDigest(held.getDigest())
            .setObservedDigest(ByteString.copyFrom(Digests.ofReports(reports).toArray()))
            .setFull(full);
    return (full ? report.addAllApplications(reports) : report).build();
  }
}
