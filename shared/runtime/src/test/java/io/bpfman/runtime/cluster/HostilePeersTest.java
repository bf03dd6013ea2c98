package io.bpfman.runtime.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.bpfman.runtime.pki.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers at both ports of a member get nothing and disturb nobody. */
@Timeout(180)
class HostilePeersTest {
  private static final PeerIdentity OPERATOR = new PeerIdentity(Role.OPERATOR, "one");
  private static final PeerIdentity MEMBER = new PeerIdentity(Role.MEMBER, "node-1");
  private static final PeerIdentity NODE = new PeerIdentity(Role.NODE, "node-2");

  /** What members, clients, REST, memcache and TLS itself begin with. */
  private static final List<String> GREETINGS =
      List.of("HZC", "CP2", "GET /hazelcast/health HTTP/1.1\r\n\r\n", "stats\r\n", "\0\0\0\u0001");

  private static final String HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc";

  private final String cluster = "test-" + UUID.randomUUID();
  private final int port = TestMember.freePort();
  private final int busPort = TestMember.freePort();
  private final TestAuthority authority = new TestAuthority("test");
  private final TestAuthority foreign = new TestAuthority("test");
  @TempDir Path directory;
  private TestMember operator;

  @BeforeEach
  void start() {
    operator =
        TestMember.joined(
            new ClusterConfig(
                cluster,
                "127.0.0.1",
                null,
                port,
                List.of("127.0.0.1:" + port),
                true,
                busPort,
                files("operator", authority.set(OPERATOR))));
    operator.echo("operator");
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void whoDoesNotSpeakTlsOrShowsNoCertificateOfAMemberGetsNothing()
      throws IOException, GeneralSecurityException {
    for (Stranger stranger : List.of(new Stranger(port), new Stranger(busPort))) {
      for (String greeting : GREETINGS) {
        assertEquals(0, stranger.answersTo(greeting), greeting);
      }
      CertificateSet right = authority.set(MEMBER);
      assertEquals(0, stranger.answersWithin("TLSv1.2", right), "TLS 1.2");
      assertEquals(0, stranger.answersWithin("TLSv1.3", null), "no certificate");
      assertEquals(0, stranger.answersWithin("TLSv1.3", foreign.set(MEMBER)), "another CA");
      assertEquals(0, stranger.answersWithin("TLSv1.3", authority.set(NODE)), "a node's");
      assertEquals(0, stranger.answersWithin("TLSv1.3", expired()), "an expired one");
    }
    assertEquals(
        "HZC".charAt(0) + 1,
        new Stranger(port).answersWithin("TLSv1.3", authority.set(MEMBER)),
        "a member is answered, or the others prove nothing");
    assertAloneAndWell();
  }

  @Test
  void membersAndClientsOfHazelcastWithoutCertificateNeverJoin() {
    ClusterConfig plain =
        new ClusterConfig(cluster, "127.0.0.1", null, 0, List.of("127.0.0.1:" + port), false);
    try (TestMember without = TestMember.start(plain);
        TestMember other = TestMember.start(config("foreign", foreign.set(MEMBER)));
        TestMember node = TestMember.start(config("node", authority.set(NODE)))) {
      assertThrows(IllegalStateException.class, this::connectClient);
      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .until(() -> !without.isJoined() && !other.isJoined() && !node.isJoined());
      assertAloneAndWell();
    }
  }

  @Test
  void idleConnectionsAndHalfHandshakesDisturbNobody() throws IOException {
    InetAddress elsewhere = InetAddress.getByName("127.0.0.9");
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        open.add(new Stranger(i % 2 == 0 ? port : busPort).connect(elsewhere));
        if (i % 4 < 2) {
          open.getLast().getOutputStream().write(HELLO.getBytes(StandardCharsets.ISO_8859_1));
        }
      }
      try (TestMember agent = TestMember.joined(config("agent", authority.set(MEMBER)))) {
        agent.echo("agent");
        await().atMost(TestMember.LIMIT).until(() -> agent.hears("operator"));
        await().atMost(TestMember.LIMIT).until(() -> operator.hears("agent"));
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private void connectClient() {
    ClientConfig client = new ClientConfig().setClusterName(cluster);
    client.getNetworkConfig().addAddress("127.0.0.1:" + port).setConnectionTimeout(1_000);
    client
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(2_000);
    HazelcastClient.newHazelcastClient(client).shutdown();
  }

  private void assertAloneAndWell() {
    assertTrue(operator.describe().contains("with 1 members"), operator.describe());
    assertTrue(operator.hears("operator"));
    assertEquals(List.of("joined"), operator.told());
    assertFalse(operator.hears("nobody"));
  }

  private CertificateSet expired() {
    Instant now = Instant.now();
    return authority.set(
        new TestAuthority.Lifetime(now.minusSeconds(7_200), now.minusSeconds(60)), MEMBER);
  }

  private ClusterConfig config(String name, CertificateSet set) {
    return TestMember.config(cluster, port, false, files(name, set));
  }

  private Path files(String name, CertificateSet set) {
    Path place = directory.resolve(name);
    new CertificateFiles(place).write(set);
    return place;
  }
}
