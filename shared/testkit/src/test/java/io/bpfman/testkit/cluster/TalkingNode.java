package io.bpfman.testkit.cluster;

import io.bpfman.contract.bus.AgentClient;
import io.bpfman.contract.bus.AgentConsumer;
import io.bpfman.contract.bus.AgentHandler;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.model.Failure;
import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.bpfman.runtime.Logging;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.ServiceHost;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * A member that answers as an agent and asks others every 200 ms; prints one line for each answer.
 */
public final class TalkingNode extends VerticleBase implements AgentHandler {
  private final String name;
  private final List<String> peers;

  private TalkingNode(String name, List<String> peers) {
    this.name = name;
    this.peers = peers;
  }

  /**
   * Arguments: name, "data" or "lite", address to bind, port of the data members, host:port of
   * them, cluster name, names of peers.
   */
  public static void main(String... arguments) {
    Logging.configure("info");
    boolean data = arguments[1].equals("data");
    ClusterConfig cluster =
        new ClusterConfig(
            arguments[5],
            arguments[2],
            null,
            data ? Integer.parseInt(arguments[3]) : 0,
            List.of(arguments[4].split(",")),
            data);
    List<String> peers = List.of(arguments).subList(6, arguments.length);
    ServiceHost.run(arguments[0], cluster, () -> List.of(new TalkingNode(arguments[0], peers)));
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(200, _ -> peers.forEach(this::ask));
    return AgentConsumer.register(vertx, BusAddresses.agent(name), this);
  }

  private void ask(String peer) {
    long asked = System.nanoTime();
    new AgentClient(vertx, BusAddresses.agent(peer))
        .explain(ExplainRequest.getDefaultInstance())
        .onSuccess(
            _ -> System.out.printf("ok %s in %d us%n", peer, (System.nanoTime() - asked) / 1000))
        .onFailure(thrown -> System.out.printf("failed %s %s%n", peer, Failure.of(thrown).code()));
  }

  @Override
  public Future<ApplyDesiredStateReply> apply(SignedDesiredState state) {
    return Future.succeededFuture(ApplyDesiredStateReply.getDefaultInstance());
  }

  @Override
  public Future<NodeReport> report() {
    return Future.succeededFuture(NodeReport.newBuilder().setNode(name).build());
  }

  @Override
  public Future<ExplainReply> explain(ExplainRequest request) {
    return Future.succeededFuture(ExplainReply.newBuilder().addLines(name).build());
  }
}
