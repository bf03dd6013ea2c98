package io.bpfman.contract.bus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.contract.wire.Failures;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;

/**
 * The one translator between failures and the bus. A failure travels as an ordinary reply with a
 * header and a {@code bus.v1.Failure} body, because {@link ReplyException} carries a number and a
 * text only.
 */
final class BusFailures {
  private static final String FAILURE_HEADER = "bpfman-failure";

  private BusFailures() {}

  /** Answers a request with a failure. */
  static void reply(Message<Buffer> request, Throwable thrown) {
    replyFailed(request, Buffer.buffer(Failures.toProto(Failure.of(thrown)).toByteArray()));
  }

  /** The same with a {@code bus.v1.Failure} that somebody else wrote. */
  static void replyFailed(Message<Buffer> request, Buffer failure) {
    request.reply(failure, new DeliveryOptions().addHeader(FAILURE_HEADER, "true"));
  }

  static boolean isFailure(Message<Buffer> reply) {
    return reply.headers().contains(FAILURE_HEADER);
  }

  /** The failure that a reply carries. */
  static BpfmanException read(Message<Buffer> reply) {
    try {
      return new BpfmanException(
          Failures.fromProto(io.bpfman.proto.bus.v1.Failure.parseFrom(reply.body().getBytes())));
    } catch (InvalidProtocolBufferException e) {
      return FailureCode.INTERNAL.because("a failure from the bus cannot be read", "", e);
    }
  }

  /** What it means that no reply came. */
  static BpfmanException noReply(Throwable thrown, String address, Duration timeout) {
    String who = BusAddresses.describe(address);
    if (!(thrown instanceof ReplyException reply)) {
      return thrown instanceof BpfmanException known
          ? known
          : FailureCode.UNAVAILABLE.because(
              "%s cannot be reached: %s".formatted(who, thrown.getMessage()), "", thrown);
    }
    return switch (reply.failureType()) {
      case TIMEOUT ->
          FailureCode.DEADLINE_EXCEEDED.because(
              "%s did not answer within %d ms".formatted(who, timeout.toMillis()),
              "it may be busy, stopped or cut off; the request can be sent again",
              reply);
      case NO_HANDLERS ->
          FailureCode.UNAVAILABLE.because(
              who + " is not on the bus", "check that its process runs and has joined", reply);
      case ERROR, RECIPIENT_FAILURE ->
          FailureCode.INTERNAL.because(
              "%s failed: %s".formatted(who, reply.getMessage()), "", reply);
    };
  }
}
