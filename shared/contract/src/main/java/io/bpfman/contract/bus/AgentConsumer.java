package io.bpfman.contract.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;

/** Answers for the agent of a node. */
public final class AgentConsumer {
  private AgentConsumer() {}

  /**
   * Call it on the verticle's context; unregister the consumer when it stops.
   *
   * @param address {@link BusAddresses#OWN_AGENT}, or {@link BusAddresses#agent} for one that is a
   *     member itself
   */
  public static Future<MessageConsumer<Buffer>> register(
      Vertx vertx, String address, AgentHandler handler) {
    return new BusResponder(address, InstantSource.system())
        .on(ControlCalls.APPLY, request -> handler.apply(request.getState()))
        .on(ControlCalls.REPORT, _ -> handler.report())
        .on(ControlCalls.EXPLAIN, handler::explain)
        .register(vertx);
  }
}
