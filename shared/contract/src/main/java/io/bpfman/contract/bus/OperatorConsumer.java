package io.bpfman.contract.bus;

import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;
import java.util.function.Function;

/** Answers node reports; only the leading operator registers it. */
public final class OperatorConsumer {
  private OperatorConsumer() {}

  /** Call it on the verticle's context; unregister the consumer when it stops. */
  public static Future<MessageConsumer<Buffer>> register(
      Vertx vertx, Function<NodeReport, Future<NodeReportReply>> handler) {
    return new BusResponder(BusAddresses.OPERATOR_REPORTS, InstantSource.system())
        .on(ControlCalls.NODE_REPORT, handler)
        .register(vertx);
  }
}
