package io.bpfman.contract.edge;

import io.bpfman.contract.bus.BusRelay;
import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The requests that one end of a stream has sent and waits for. Each gets an answer, be it a
 * failure. Used on one event loop.
 */
public final class EdgeCalls {
  /** More at once is a loop somewhere. */
  static final int LIMIT = 256;

  private final Vertx vertx;
  private final String peer;
  private final Map<Long, Waiting> waiting = new HashMap<>();
  private long lastId;
  private boolean ended;

  /**
   * @param peer who is asked, for messages
   */
  public EdgeCalls(Vertx vertx, String peer) {
    this.vertx = vertx;
    this.peer = peer;
  }

  /**
   * Never fails.
   *
   * @param stream writes the call; not used when there is no room or no stream any more
   */
  public Future<RelayedReply> send(RelayedCall call, Consumer<Call> stream) {
    if (ended) {
      return failed(gone());
    }
    if (waiting.size() >= LIMIT) {
      return failed(
          FailureCode.TOO_MANY_CALLS.because(
              "%d requests wait for %s, which is the limit".formatted(LIMIT, peer),
              "it may be overloaded; try again later"));
    }
    long id = ++lastId;
    Promise<RelayedReply> answer = Promise.promise();
    long timer = vertx.setTimer(call.timeout().toMillis(), _ -> late(id, call));
    waiting.put(id, new Waiting(answer, timer));
    stream.accept(EdgeMessages.call(id, call));
    return answer.future();
  }

  /** One that nobody waits for (any more) is dropped; answers false then. */
  public boolean answered(Reply reply) {
    return end(reply.getId(), EdgeMessages.reply(reply));
  }

  /** The stream is over: whoever waits is told, and whoever comes later too. */
  public void end() {
    ended = true;
    List.copyOf(waiting.keySet()).forEach(id -> end(id, BusRelay.failed(gone().failure())));
  }

  private void late(long id, RelayedCall call) {
    Failure failure =
        FailureCode.DEADLINE_EXCEEDED
            .because(
                "%s did not answer within %d ms".formatted(peer, call.timeout().toMillis()),
                "it may be busy, stopped or cut off; the request can be sent again")
            .failure();
    end(id, BusRelay.failed(failure));
  }

  private boolean end(long id, RelayedReply reply) {
    Waiting one = waiting.remove(id);
    if (one == null) {
      return false;
    }
    vertx.cancelTimer(one.timer);
    one.answer.complete(reply);
    return true;
  }

  private BpfmanException gone() {
    return FailureCode.UNAVAILABLE.because(
        peer + " is not connected", "it connects again by itself when it can");
  }

  private static Future<RelayedReply> failed(BpfmanException thrown) {
    return Future.succeededFuture(BusRelay.failed(thrown.failure()));
  }

  private record Waiting(Promise<RelayedReply> answer, long timer) {}
}
