package io.bpfman.contract.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.proto.bus.v1.Event;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes events to whoever listens; nobody waits for them and they may be lost. */
public final class EventPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(EventPublisher.class);

  private final Vertx vertx;

  public EventPublisher(Vertx vertx) {
    this.vertx = vertx;
  }

  public void publish(Event event) {
    vertx.eventBus().publish(BusAddresses.EVENTS, Buffer.buffer(event.toByteArray()));
  }

  /** What the daemon of this process noticed, to this process and to whoever listens. */
  public void publishOwn(Event event) {
    Buffer bytes = Buffer.buffer(event.toByteArray());
    vertx.eventBus().publish(BusAddresses.OWN_LOADER_EVENTS, bytes);
    vertx.eventBus().publish(BusAddresses.EVENTS, bytes);
  }

  /** {@code listener} runs on the caller's context; unregister the consumer when it stops. */
  public static MessageConsumer<Buffer> subscribe(Vertx vertx, Consumer<Event> listener) {
    return at(vertx, BusAddresses.EVENTS, listener);
  }

  /** As {@link #subscribe}, to what the daemon of this process noticed. */
  public static MessageConsumer<Buffer> subscribeOwn(Vertx vertx, Consumer<Event> listener) {
    return at(vertx, BusAddresses.OWN_LOADER_EVENTS, listener);
  }

  private static MessageConsumer<Buffer> at(Vertx vertx, String address, Consumer<Event> listener) {
    return vertx
        .eventBus()
        .consumer(
            address,
            message -> {
              try {
                listener.accept(Event.parseFrom(message.body().getBytes()));
              } catch (InvalidProtocolBufferException e) {
                LOG.warn("dropped an event that cannot be read", e);
              }
            });
  }
}
