package io.bpfman.contract.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests at one address, on the context that registered it. A request whose deadline
 * has passed gets no answer.
 */
final class BusResponder {
  private static final Logger LOG = LoggerFactory.getLogger(BusResponder.class);

  private final String address;
  private final InstantSource clock;
  private final Map<String, Route<?, ?>> routes = new HashMap<>();

  BusResponder(String address, InstantSource clock) {
    this.address = address;
    this.clock = clock;
  }

  <Q extends MessageLite, R extends MessageLite> BusResponder on(
      BusCall<Q, R> call, Function<Q, Future<R>> handler) {
    routes.put(call.action(), new Route<>(call, handler));
    return this;
  }

  /** Succeeds when every member of the cluster can reach the address. */
  Future<MessageConsumer<Buffer>> register(Vertx vertx) {
    MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(address);
    consumer.handler(this::receive);
    return consumer.completion().map(consumer);
  }

  private void receive(Message<Buffer> message) {
    try {
      Envelope envelope = Envelope.read(message.headers());
      long late = clock.millis() - envelope.deadlineMillis();
      if (late > 0) {
        LOG.warn(
            "dropped {} from {}: its deadline passed {} ms ago (a stall, or clocks that differ)",
            envelope.action(),
            envelope.sender(),
            late);
        return;
      }
      run(envelope, message)
          .onSuccess(reply -> message.reply(Buffer.buffer(reply.toByteArray())))
          .onFailure(thrown -> BusFailures.reply(message, thrown));
    } catch (RuntimeException e) {
      BusFailures.reply(message, e);
    }
  }

  private Future<? extends MessageLite> run(Envelope envelope, Message<Buffer> message) {
    Route<?, ?> route = routes.get(envelope.action());
    if (route == null) {
      throw FailureCode.UNIMPLEMENTED.because(
          "%s knows no action \"%s\"".formatted(BusAddresses.describe(address), envelope.action()),
          "run the same release of bpfman on every node");
    }
    return route.run(message.body().getBytes());
  }

  private record Route<Q extends MessageLite, R extends MessageLite>(
      BusCall<Q, R> call, Function<Q, Future<R>> handler) {
    Future<R> run(byte[] payload) {
      try {
        return handler.apply(call.request().parseFrom(payload));
      } catch (InvalidProtocolBufferException e) {
        throw FailureCode.INVALID_REQUEST.because(
            "the payload of %s cannot be read".formatted(call.action()), "", e);
      }
    }
  }
}
