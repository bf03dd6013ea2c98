package io.bpfman.contract.bus;

import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The leading operator, reached over the bus; times out after 5 s. */
public final class OperatorClient {
  private final Vertx vertx;

  public OperatorClient(Vertx vertx) {
    this.vertx = vertx;
  }

  public Future<NodeReportReply> report(NodeReport report) {
    String sender = "agent/" + report.getNode();
    return new BusRequester(vertx, BusAddresses.OPERATOR_REPORTS, sender)
        .send(ControlCalls.NODE_REPORT, report);
  }
}
