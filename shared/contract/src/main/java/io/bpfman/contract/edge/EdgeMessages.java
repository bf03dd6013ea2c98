package io.bpfman.contract.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.Reply;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** Between what a relay passes on and the messages of a stream, both ways. */
public final class EdgeMessages {
  /** Of both ends. */
  public static final int VERSION = 1;

  /** A report of a thousand applications has some 600 KB, a map dump up to 16 MiB. */
  public static final int MAX_MESSAGE_BYTES = 20 << 20;

  /** Nobody on the bus waits longer; see the calls' own time-outs. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private EdgeMessages() {}

  public static Call call(long id, RelayedCall call) {
    return Call.newBuilder()
        .setId(id)
        .setOperation(call.operation())
        .setTimeoutMs((int) Math.min(LONGEST.toMillis(), call.timeout().toMillis()))
        .setSender(call.sender())
        .setAction(call.action())
        .setPayload(bytes(call.payload()))
        .build();
  }

  /** A time-out that makes no sense becomes the nearest that does: 1 ms to 60 s. */
  public static RelayedCall call(Call call) {
    long timeout = Math.clamp(call.getTimeoutMs(), 1, LONGEST.toMillis());
    return new RelayedCall(
        call.getOperation(),
        Duration.ofMillis(timeout),
        call.getSender(),
        call.getAction(),
        Buffer.buffer(call.getPayload().toByteArray()));
  }

  public static Reply reply(long id, RelayedReply reply) {
    return Reply.newBuilder()
        .setId(id)
        .setFailed(reply.failed())
        .setPayload(bytes(reply.payload()))
        .build();
  }

  public static RelayedReply reply(Reply reply) {
    return new RelayedReply(reply.getFailed(), Buffer.buffer(reply.getPayload().toByteArray()));
  }

  private static ByteString bytes(Buffer buffer) {
    return UnsafeByteOperations.unsafeWrap(buffer.getBytes());
  }
}
