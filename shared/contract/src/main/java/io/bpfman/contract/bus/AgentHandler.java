package io.bpfman.contract.bus;

import io.bpfman.proto.bus.v1.ApplyDesiredStateReply;
import io.bpfman.proto.bus.v1.ExplainReply;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.vertx.core.Future;

/**
 * What an agent answers; called on the context that registered the consumer. A failed future
 * travels back as it is.
 */
public interface AgentHandler {
  /** Takes a state over; idempotent. */
  Future<ApplyDesiredStateReply> apply(SignedDesiredState state);

  /** A full report of now. */
  Future<NodeReport> report();

  Future<ExplainReply> explain(ExplainRequest request);
}
