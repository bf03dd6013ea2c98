package io.bpfman.contract.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.contract.Await;
import io.bpfman.contract.bus.RelayedCall;
import io.bpfman.contract.bus.RelayedReply;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EdgeCallsTest {
  private final Vertx vertx = Vertx.vertx();
  private final EdgeCalls calls = new EdgeCalls(vertx, "node \"n1\"");
  private final List<Call> written = new ArrayList<>();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private Future<RelayedReply> send(Duration timeout) {
    RelayedCall call = new RelayedCall("op", timeout, "test", "List", Buffer.buffer("question"));
    return calls.send(call, written::add);
  }

  @Test
  void eachAnswerGetsToItsCallInAnyOrderAndOnlyOnce() {
    Future<RelayedReply> first = send(Duration.ofMinutes(1));
    Future<RelayedReply> second = send(Duration.ofMinutes(1));

    assertTrue(calls.answered(reply(written.get(1).getId(), "2")));
    assertTrue(calls.answered(reply(written.get(0).getId(), "1")));
    assertFalse(calls.answered(reply(written.get(0).getId(), "again")));
    assertFalse(calls.answered(reply(99, "nobody asked")));

    assertEquals("1", Await.result(first).payload().toString());
    assertEquals("2", Await.result(second).payload().toString());
  }

  @Test
  void whoGetsNoAnswerIsToldWhenTheTimeIsOver() throws Exception {
    Failure failure = failure(send(Duration.ofMillis(20)));

    assertEquals("node \"n1\" did not answer within 20 ms", failure.getMessage());
  }

  @Test
  void theEndOfTheStreamAnswersWhoeverWaitsAndWhoeverComesLater() throws Exception {
    Future<RelayedReply> waiting = send(Duration.ofMinutes(1));
    calls.end();

    assertEquals("node \"n1\" is not connected", failure(waiting).getMessage());
    assertEquals("node \"n1\" is not connected", failure(send(Duration.ofMinutes(1))).getMessage());
    assertEquals(1, written.size());
  }

  @Test
  void moreThanTheLimitAtOnceAreRefusedAndThereIsRoomAgainAfterAnAnswer() throws Exception {
    for (int i = 0; i < EdgeCalls.LIMIT; i++) {
      var unused = send(Duration.ofMinutes(1));
    }

    assertTrue(failure(send(Duration.ofMinutes(1))).getMessage().contains("256"));
    calls.answered(reply(written.getFirst().getId(), "1"));
    var unused = send(Duration.ofMinutes(1));
    assertEquals(EdgeCalls.LIMIT + 1, written.size());
  }

  @Test
  void aTimeoutThatMakesNoSenseBecomesOneThatDoes() {
    Call endless = Call.newBuilder().setTimeoutMs(-1).build();
    Call none = Call.getDefaultInstance();

    assertEquals(1, EdgeMessages.call(endless).timeout().toMillis());
    assertEquals(1, EdgeMessages.call(none).timeout().toMillis());
  }

  private static Reply reply(long id, String payload) {
    return Reply.newBuilder().setId(id).setPayload(ByteString.copyFromUtf8(payload)).build();
  }

  private static Failure failure(Future<RelayedReply> reply) throws Exception {
    RelayedReply answer = Await.result(reply);
    assertTrue(answer.failed());
    return Failure.parseFrom(answer.payload().getBytes());
  }
}
