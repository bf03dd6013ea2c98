package io.bpfman.bench.kube;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.OperatorClient;
import io.bpfman.contract.sign.DesiredStateVerifier;
import io.bpfman.contract.sign.Digests;
import io.bpfman.model.ApplicationKey;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.ProgramReport;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An agent whose programs load at once. Its methods run on one event loop; what it holds can be
 * read from any thread.
 */
final class SimulatedAgent implements AgentHandler {
  private final String node;
  private final Map<String, String> failing = new ConcurrentHashMap<>();
  private volatile DesiredState held = DesiredState.getDefaultInstance();
  private long sequence;
  private volatile Connection connection;

  /** A membership of the bus, and how states are checked. */
  record Connection(Vertx vertx, DesiredStateVerifier verifier, String instance) {}

  SimulatedAgent(String node, Connection connection) {
    this.node = node;
    this.connection = connection;
  }

  String node() {
    return node;
  }

  /** Begins to answer on this membership, from its event loop; what it holds stays. */
  Future<?> connect(Connection to) {
    connection = to;
    return AgentConsumer.register(to.vertx(), BusAddresses.agent(node), this);
  }

  /** From now on the application does not load, with these words; empty: it loads. */
  void fail(String application, String words) {
    if (words.isEmpty()) {
      failing.remove(key(application));
    } else {
      failing.put(key(application), words);
    }
  }

  /** Priority that it was told for the first link of an application; empty: not told to run it. */
  OptionalInt priority(String application) {
    return held.getApplicationsList().stream()
        .filter(one -> one.getKey().equals(key(application)))
        .mapToInt(one -> one.getPrograms(0).getLinks(0).getNetwork().getPriority())
        .findFirst();
  }

  private static String key(String application) {
    return ApplicationKey.ofCluster(application).text();
  }

  /** Of the leader that it was last told by; 0: by none. */
  long epoch() {
    return held.getEpoch();
  }

  /** Tells the operator all, whatever it knows already. */
  Future<?> reportAll() {
    return operator().report(report(true)).otherwiseEmpty();
  }

  /** A heartbeat, and a full report when asked for one. A lost one is made good by the next. */
  Future<?> heartbeat() {
    return operator()
        .report(report(false))
        .compose(
            reply ->
                reply.getWantFull()
                    ? operator().report(report(true))
                    : Future.succeededFuture(reply))
        .otherwiseEmpty();
  }

  private OperatorClient operator() {
    return new OperatorClient(connection.vertx());
  }

  @Override
  public Future<ApplyDesiredStateReply> apply(SignedDesiredState state) {
    DesiredState verified = connection.verifier().verify(state, node);
    boolean stale =
        verified.getEpoch() < held.getEpoch()
            || verified.getEpoch() == held.getEpoch()
                && verified.getRevision() < held.getRevision();
    if (stale) {
      return Future.failedFuture(FailureCode.REVISION_STALE.because("a later state is held"));
    }
    held = verified;
    connection.vertx().runOnContext(_ -> reportAll());
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

  private synchronized NodeReport report(boolean full) {
    DesiredState state = held;
    List<ApplicationReport> reports =
        state.getApplicationsList().stream().map(this::report).toList();
    sequence++;
    NodeReport.Builder report =
        NodeReport.newBuilder()
            .setNode(node)
            .setInstance(connection.instance())
            .setSequence(sequence)
            .setDesiredEpoch(state.getEpoch())
            .setDesiredRevision(state.getRevision())
            .setDesiredDigest(state.getDigest())
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
    if (words != null) {
      return report
          .setLoadState(LoadState.LOAD_STATE_ERROR)
          .setFailure(
              Failure.newBuilder()
                  .setCode(FailureCode.VERIFIER_REJECTED.number())
                  .setMessage(words))
          .build();
    }
    return report
        .setLoadState(LoadState.LOAD_STATE_LOADED)
        .addPrograms(
            ProgramReport.newBuilder()
                .setName(application.getPrograms(0).getName())
                .setType("XDP")
                .setProgramId(id(application, 1))
                .addLinks(link(application)))
        .build();
  }

  private LinkReport link(Application application) {
    int priority = application.getPrograms(0).getLinks(0).getNetwork().getPriority();
    byte[] name = (node + application.getKey()).getBytes(StandardCharsets.UTF_8);
    return LinkReport.newBuilder()
        .setUuid(UUID.nameUUIDFromBytes(name).toString())
        .setLinkId(id(application, 2))
        .setState(LinkState.LINK_STATE_ATTACHED)
        .setAttach(
            AttachInfo.newBuilder()
                .setXdpAttachInfo(
                    XDPAttachInfo.newBuilder()
                        .setIface("eth0")
                        .setPriority(priority)
                        .addProceedOn(2)
                        .addProceedOn(31)))
        .build();
  }

  /** As on real nodes, no two have the same: nothing can be shared between their reports. */
  private int id(Application application, int salt) {
    return 1 + Math.floorMod(Objects.hash(node, application.getKey(), salt), 1_000_000);
  }
}
