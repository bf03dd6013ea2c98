package io.bpfman.node.adapter.edge;

import io.bpfman.node.port.NodeBus;
import io.bpfman.node.port.Uplink;
import io.bpfman.node.port.UplinkContract;
import io.bpfman.operator.edge.EdgeVerticle;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.names.PeerName;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.bpfman.testkit.cluster.FreePort;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** With the operator's own edge, which one of the two given hosts has. */
@Tag("cluster")
class EdgeUplinkIT extends UplinkContract {
  private static final Duration LIFE = Duration.ofHours(1);

  private static @TempDir Path directory;

  private final TestAuthority authority = new TestAuthority();
  private final int port = FreePort.next();
  private CertificateFiles operatorFiles;
  private Vertx operators;

  @BeforeEach
  void issue() {
    operatorFiles =
        authority.files(
            directory.resolve("operator"), new PeerIdentity(Role.EDGE, "operator-0"), LIFE);
  }

  @Override
  protected Vertx startOperators() {
    operators = Vertx.vertx();
    BindAddress address = new BindAddress("127.0.0.1", port);
    operators
        .deployVerticle(
            new EdgeVerticle(address, () -> operatorFiles.read().orElseThrow(), "operator-0"))
        .await();
    return operators;
  }

  @Override
  protected void killOperators() {
    try {
      if (operators != null) {
        operators.close().await(10, TimeUnit.SECONDS);
      }
    } catch (TimeoutException e) {
      throw new AssertionError("the edge did not end", e);
    }
  }

  @Override
  protected Uplink uplink(NodeBus bus) {
    Path own = directory.resolve("node");
    authority.files(own, new PeerIdentity(Role.NODE, NODE), LIFE);
    EdgeSettings settings =
        new EdgeSettings(
            List.of(new PeerName("127.0.0.3", port), new PeerName("localhost", port)), own);
    return new EdgeUplink(nodeVertx(), bus, settings);
  }
}
