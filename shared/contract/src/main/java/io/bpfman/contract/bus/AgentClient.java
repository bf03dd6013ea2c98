package io.bpfman.contract.bus;

import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.ApplyDesiredStateRequest;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.ReportRequest;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The agent of a node, reached over the bus; every call times out after 5 s and may be sent again.
 */
public final class AgentClient {
  private final BusRequester bus;

  /**
   * @param address {@link BusAddresses#agent}, or {@link BusAddresses#OWN_AGENT} in its process
   */
  public AgentClient(Vertx vertx, String address) {
    this.bus = new BusRequester(vertx, address, "operator");
  }

  public Future<ApplyDesiredStateReply> apply(SignedDesiredState state) {
    return bus.send(
        ControlCalls.APPLY, ApplyDesiredStateRequest.newBuilder().setState(state).build());
  }

  public Future<NodeReport> report() {
    return bus.send(ControlCalls.REPORT, ReportRequest.getDefaultInstance());
  }

  public Future<ExplainReply> explain(ExplainRequest request) {
    return bus.send(ControlCalls.EXPLAIN, request);
  }
}
