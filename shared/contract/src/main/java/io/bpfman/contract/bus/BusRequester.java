package io.bpfman.contract.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.UUID;

/**
 * Sends requests to one address. Any thread; answers come on the caller's Vert.x context.
 *
 * @param sender role and node of the caller, for log lines
 */
record BusRequester(Vertx vertx, String address, String sender) {
  <Q extends MessageLite, R extends MessageLite> Future<R> send(BusCall<Q, R> call, Q request) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    envelope(call).write(headers);
    DeliveryOptions options =
        new DeliveryOptions().setSendTimeout(call.timeout().toMillis()).setHeaders(headers);
    return vertx
        .eventBus()
        .<Buffer>request(address, Buffer.buffer(request.toByteArray()), options)
        .recover(
            thrown -> Future.failedFuture(BusFailures.noReply(thrown, address, call.timeout())))
        .compose(reply -> answer(call, reply));
  }

  private Envelope envelope(BusCall<?, ?> call) {
    long deadline = Instant.now().plus(call.timeout()).toEpochMilli();
    String operation = UUID.randomUUID().toString();
    return new Envelope(operation, deadline, Envelope.VERSION, sender, call.action());
  }

  private <R extends MessageLite> Future<R> answer(BusCall<?, R> call, Message<Buffer> reply) {
    if (BusFailures.isFailure(reply)) {
      return Future.failedFuture(BusFailures.read(reply));
    }
    try {
      return Future.succeededFuture(call.reply().parseFrom(reply.body().getBytes()));
    } catch (InvalidProtocolBufferException e) {
      return Future.failedFuture(
          FailureCode.INTERNAL.because(
              "the answer of %s to %s cannot be read"
                  .formatted(BusAddresses.describe(address), call.action()),
              "run the same release of bpfman on every node",
              e));
    }
  }
}
