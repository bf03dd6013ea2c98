package io.bpfman.contract.bus;

import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.ApplyDesiredStateRequest;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.ReportRequest;

/** The calls between operator and agent. */
final class ControlCalls {
  /** Carries its own signature. */
  static final BusCall<ApplyDesiredStateRequest, ApplyDesiredStateReply> APPLY =
      BusCall.reading(
          "ApplyDesiredState", ApplyDesiredStateRequest.parser(), ApplyDesiredStateReply.parser());

  static final BusCall<ReportRequest, NodeReport> REPORT =
      BusCall.reading("Report", ReportRequest.parser(), NodeReport.parser());
  static final BusCall<ExplainRequest, ExplainReply> EXPLAIN =
      BusCall.reading("Explain", ExplainRequest.parser(), ExplainReply.parser());
  static final BusCall<NodeReport, NodeReportReply> NODE_REPORT =
      BusCall.reading("NodeReport", NodeReport.parser(), NodeReportReply.parser());

  private ControlCalls() {}
}
