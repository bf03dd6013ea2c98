package io.bpfman.node.adapter.member;

import io.bpfman.model.BpfmanException;
import io.bpfman.node.port.NodeBus;
import io.bpfman.node.port.Uplink;
import io.bpfman.node.port.UplinkContract;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.Membership;
import io.bpfman.runtime.cluster.MembershipListener;
import io.bpfman.testkit.cluster.FreePort;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;

/** With a data member beside it, both in this JVM. */
@Tag("cluster")
class MemberUplinkIT extends UplinkContract {
  private static final String OPERATOR = "127.0.0.1";

  private final String cluster = "uplink-" + UUID.randomUUID();
  private final int port = FreePort.next();
  private Membership operators;

  @Override
  protected Vertx startOperators() {
    CompletableFuture<Vertx> joined = new CompletableFuture<>();
    operators =
        new Membership(
            "operator",
            new ClusterConfig(cluster, OPERATOR, null, port, List.of(), true),
            new Joined(joined));
    operators.start();
    return joined.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  protected void killOperators() {
    if (operators != null) {
      operators.close(Duration.ofSeconds(5));
    }
  }

  @Override
  protected Uplink uplink(NodeBus bus) {
    List<String> members = List.of(OPERATOR + ":" + port);
    return new MemberUplink(
        NODE, bus, new ClusterConfig(cluster, "127.0.0.1", null, 0, members, false));
  }

  private record Joined(CompletableFuture<Vertx> vertx) implements MembershipListener {
    @Override
    public void onJoined(Vertx clustered) {
      vertx.complete(clustered);
    }

    @Override
    public void onLost(String why) {
      vertx.completeExceptionally(new AssertionError(why));
    }

    @Override
    public void onFailed(BpfmanException failure) {
      vertx.completeExceptionally(failure);
    }
  }
}
