package io.bpfman.contract.bus;

import io.bpfman.contract.wire.Failures;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Passes requests on from one bus to another, or to something that is no bus, without reading them.
 */
public final class BusRelay {
  private BusRelay() {}

  /**
   * Takes the requests at {@code address} and answers each with what {@code target} comes to.
   * Succeeds when the address can be reached; unregister the consumer when the way is gone, so that
   * senders are told at once.
   */
  public static Future<MessageConsumer<Buffer>> receive(
      Vertx vertx, String address, Function<RelayedCall, Future<RelayedReply>> target) {
    MessageConsumer<Buffer> consumer = vertx.eventBus().consumer(address);
    consumer.handler(message -> pass(message, target));
    return consumer.completion().map(consumer);
  }

  /**
   * Hands a request to whoever answers at {@code address}. Never fails: what goes wrong is an
   * answer too. Any thread.
   */
  public static Future<RelayedReply> send(Vertx vertx, String address, RelayedCall call) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    long deadline = Instant.now().plus(call.timeout()).toEpochMilli();
    new Envelope(call.operation(), deadline, Envelope.VERSION, call.sender(), call.action())
        .write(headers);
    DeliveryOptions options =
        new DeliveryOptions()
            .setSendTimeout(Math.max(1, call.timeout().toMillis()))
            .setHeaders(headers);
    return vertx
        .eventBus()
        .<Buffer>request(address, call.payload(), options)
        .map(reply -> new RelayedReply(BusFailures.isFailure(reply), reply.body()))
        .otherwise(
            thrown -> failed(Failure.of(BusFailures.noReply(thrown, address, call.timeout()))));
  }

  /** The answer that tells a failure. */
  public static RelayedReply failed(Failure failure) {
    return new RelayedReply(true, Buffer.buffer(Failures.toProto(failure).toByteArray()));
  }

  /**
   * Refuses what changes programs, before {@code target} sees it: that is for the own agent only.
   */
  public static Function<RelayedCall, Future<RelayedReply>> readingOnly(
      Function<RelayedCall, Future<RelayedReply>> target) {
    Predicate<String> reading = LoaderCalls.READING::contains;
    return call ->
        reading.test(call.action())
            ? target.apply(call)
            : Future.succeededFuture(failed(refusal(call)));
  }

  private static Failure refusal(RelayedCall call) {
    return FailureCode.PERMISSION_DENIED
        .because(
            "\"%s\" of %s is not passed on: only a node's own agent changes what the node runs"
                .formatted(call.action(), call.sender()),
            "change the application that the node runs it for")
        .failure();
  }

  private static void pass(
      Message<Buffer> message, Function<RelayedCall, Future<RelayedReply>> target) {
    try {
      target
          .apply(read(message))
          .onSuccess(reply -> answer(message, reply))
          .onFailure(thrown -> BusFailures.reply(message, thrown));
    } catch (RuntimeException e) {
      BusFailures.reply(message, e);
    }
  }

  private static RelayedCall read(Message<Buffer> message) {
    Envelope envelope = Envelope.read(message.headers());
    long left = envelope.deadlineMillis() - Instant.now().toEpochMilli();
    if (left <= 0) {
      throw FailureCode.DEADLINE_EXCEEDED.because(
          "the deadline of %s passed %d ms ago".formatted(envelope.action(), -left),
          "it stalled on its way, or the clocks of sender and receiver differ");
    }
    return new RelayedCall(
        envelope.operation(),
        Duration.ofMillis(left),
        envelope.sender(),
        envelope.action(),
        message.body());
  }

  private static void answer(Message<Buffer> message, RelayedReply reply) {
    if (reply.failed()) {
      BusFailures.replyFailed(message, reply.payload());
    } else {
      message.reply(reply.payload());
    }
  }
}
