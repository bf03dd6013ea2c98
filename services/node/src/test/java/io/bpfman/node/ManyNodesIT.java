package io.bpfman.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.node.adapter.edge.TestAuthority;
import io.bpfman.operator.edge.EdgeVerticle;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.bpfman.testkit.cluster.JavaProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of nodes, as many as a rack that gets its power back. */
@Tag("cluster")
class ManyNodesIT {
  private static final int NODES = 10;
  private static final Duration LIFE = Duration.ofHours(1);

  private @TempDir Path directory;

  private final Vertx operators = Vertx.vertx();
  private final TestAuthority authority = new TestAuthority();
  private final Set<String> reporting = ConcurrentHashMap.newKeySet();
  private final List<JavaProcess> nodes = new ArrayList<>();
  private EdgeVerticle edge;

  @BeforeEach
  void startOperators() {
    CertificateFiles files =
        authority.files(directory.resolve("op"), new PeerIdentity(Role.EDGE, "op"), LIFE);
    edge =
        new EdgeVerticle(new BindAddress("127.0.0.1", 0), () -> files.read().orElseThrow(), "op");
    operators.deployVerticle(edge).await();
    OperatorConsumer.register(
            operators,
            report -> {
              reporting.add(report.getNode());
              return Future.succeededFuture(NodeReportReply.getDefaultInstance());
            })
        .await();
  }

  @AfterEach
  void stopEverything() {
    nodes.forEach(JavaProcess::close);
    operators.close().await();
  }

  @Test
  void allThatStartAtOnceReportWithoutADaemonAndNoneEnds() {
    long start = System.nanoTime();
    for (int i = 0; i < NODES; i++) {
      nodes.add(node("rack-node-" + i));
    }
    await("all report")
        .atMost(240, SECONDS)
        .failFast(() -> nodes.stream().anyMatch(node -> !node.isAlive()))
        .untilAsserted(() -> assertEquals(NODES, reporting.size(), this::output));
    System.out.printf(
        "%d nodes on the edge at once: all report after %d ms%n",
        NODES, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  private String output() {
    return reporting
        + "\n"
        + nodes.stream().map(JavaProcess::output).collect(Collectors.joining("\n\n"));
  }

  private JavaProcess node(String name) {
    Path own = directory.resolve(name);
    authority.files(own.resolve("tls"), new PeerIdentity(Role.NODE, name), LIFE);
    return JavaProcess.start(
        Main.class,
        "--node-name",
        name,
        "--uplink",
        "edge",
        "--edge-operators",
        "127.0.0.1:" + edge.port(),
        "--edge-tls-directory",
        own.resolve("tls").toString(),
        "--state-dir",
        own.toString(),
        "--operator-key",
        own.resolve("operator.pub").toString(),
        "--socket-path",
        own.resolve("none.sock").toString());
  }
}
