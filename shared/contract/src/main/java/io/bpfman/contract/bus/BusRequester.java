package io.bpfman.contract.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bpfman.contract.NodeKey;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one address. Any thread; answers come on the caller's Vert.x context.
 *
 * @param sender role and node of the caller, for log lines
 * @param key proves mutating calls; null where there are none
 */
record BusRequester(Vertx vertx, String address, String sender, @Nullable NodeKey key) {
  <Q extends MessageLite, R extends MessageLite> Future<R> send(BusCall<Q, R> call, Q request) {
    byte[] payload = request.toByteArray();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    envelope(call, payload).write(headers);
    DeliveryOptions options =
        new DeliveryOptions().setSendTimeout(call.timeout().toMillis()).setHeaders(headers);
    return vertx
        .eventBus()
        .<Buffer>request(address, Buffer.buffer(payload), options)
        .recover(
            thrown -> Future.failedFuture(BusFailures.noReply(thrown, address, call.timeout())))
        .compose(reply -> answer(call, reply));
  }

  private Envelope envelope(BusCall<?, ?> call, byte[] payload) {
    long deadline = Instant.now().plus(call.timeout()).toEpochMilli();
    String operation = UUID.randomUUID().toString();
    Envelope plain =
        new Envelope(operation, deadline, Envelope.VERSION, sender, call.action(), null);
    return key == null || !call.mutating() ? plain : plain.provenBy(key, address, payload);
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
