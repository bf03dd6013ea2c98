package io.bpfman.runtime.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MembershipTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String cluster = "test-" + UUID.randomUUID();
  private final RecordingListener listener = new RecordingListener();

  @Test
  void startReturnsAtOnceAndCloseEndsAMembershipThatWaitsForAnOperator() throws IOException {
    Membership membership = new Membership("agent", config(freePort(), false), listener);
    long started = System.nanoTime();
    membership.start();
    membership.close(Duration.ofSeconds(5));

    assertTrue(System.nanoTime() - started < Duration.ofSeconds(4).toNanos());
    assertEquals(List.of(), listener.calls());
  }

  @Test
  void closingAMembershipThatWasNeverStartedDoesNothing() {
    new Membership("agent", config(1, false), listener).close(Duration.ofSeconds(1));
    assertEquals(List.of(), listener.calls());
  }

  @Test
  void aListenerThatThrowsIsToldSoAndIsAskedAgain() throws IOException {
    listener.failNext(new IllegalStateException("no bytes left"));
    Membership membership = new Membership("operator", config(freePort(), true), listener);
    membership.start();
    await().atMost(LIMIT).until(() -> listener.calls().size() >= 3);

    assertTrue(membership.describe().orElseThrow().contains(cluster));
    membership.close(Duration.ofSeconds(5));
    assertEquals("joined", listener.calls().get(0));
    assertTrue(listener.calls().get(1).contains("no bytes left"), listener.calls().get(1));
    assertEquals(List.of("joined"), listener.calls().subList(2, 3));
  }

  @Test
  void tenMembersThatStartAtOnceWithTheirOperatorAreAllJoined() throws IOException {
    int port = freePort();
    List<RecordingListener> listeners = Stream.generate(RecordingListener::new).limit(10).toList();
    List<Membership> memberships = new ArrayList<>();
    memberships.add(new Membership("operator", config(port, true), listener));
    for (RecordingListener agent : listeners) {
      memberships.add(new Membership("agent", config(port, false), agent));
    }
    memberships.forEach(Membership::start);
    try {
      await().atMost(LIMIT).until(() -> listeners.stream().allMatch(RecordingListener::isJoined));
    } finally {
      memberships.reversed().forEach(membership -> membership.close(Duration.ofSeconds(2)));
    }
  }

  @Test
  void anAddressThatCannotBeBoundIsNotTakenForSomethingThatPasses() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BpfmanException thrown =
          assertThrows(
              BpfmanException.class, () -> ClusterMember.join(config(taken.getLocalPort(), true)));
      assertEquals(FailureCode.START_REFUSED, thrown.failure().code());
    }
  }

  private ClusterConfig config(int port, boolean data) {
    return new ClusterConfig(
        cluster, "127.0.0.1", null, data ? port : 0, List.of("127.0.0.1:" + port), data);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
