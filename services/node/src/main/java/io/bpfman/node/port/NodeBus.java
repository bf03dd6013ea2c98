package io.bpfman.node.port;

import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.BusRelay;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** The bus of a node's process as an uplink sees it. Any thread. */
public final class NodeBus {
  private final Vertx vertx;

  public NodeBus(Vertx vertx) {
    this.vertx = vertx;
  }

  /** To the agent: desired state, which it checks the signature of, and questions. Never fails. */
  public Future<RelayedReply> agent(RelayedCall call) {
    return BusRelay.send(vertx, BusAddresses.OWN_AGENT, call);
  }

  /** To the loader, when the call only reads; else a refusal. Never fails. */
  public Future<RelayedReply> loader(RelayedCall call) {
    return BusRelay.readingOnly(read -> BusRelay.send(vertx, BusAddresses.OWN_LOADER, read))
        .apply(call);
  }

  /**
   * Takes what this node has to say, as long as the connection stands; while nobody does, the agent
   * is told at once that there is no operator.
   */
  public Connection open(
      Function<RelayedCall, Future<RelayedReply>> reports, Consumer<Event> events) {
    Future<MessageConsumer<Buffer>> reporting =
        BusRelay.receive(vertx, BusAddresses.OPERATOR_REPORTS, reports);
    MessageConsumer<Buffer> telling = EventPublisher.subscribe(vertx, events);
    return () -> {
      reporting.onSuccess(MessageConsumer::unregister);
      telling.unregister();
    };
  }

  /** What {@link #open} opened. */
  public interface Connection {
    /** From any thread; a second time does nothing. */
    void close();
  }
}
