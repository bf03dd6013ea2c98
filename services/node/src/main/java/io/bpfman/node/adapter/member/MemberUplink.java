package io.bpfman.node.adapter.member;

import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.BusRelay;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.node.port.NodeBus;
import io.bpfman.node.port.Uplink;
import io.bpfman.runtime.cluster.ClusterConfig;
import io.bpfman.runtime.cluster.Membership;
import io.bpfman.runtime.cluster.MembershipListener;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the node a lite member of the operators' cluster and registers its addresses there. A
 * member can reach whatever is on that bus: it is trusted as an operator is.
 */
public final class MemberUplink implements Uplink, MembershipListener {
  private static final Logger LOG = LoggerFactory.getLogger(MemberUplink.class);
  private static final long REGISTER_LIMIT_S = 20;

  private final String node;
  private final NodeBus bus;
  private final Membership membership;
  private NodeBus.@Nullable Connection connection;
  private String told = "";

  public MemberUplink(String node, NodeBus bus, ClusterConfig cluster) {
    this.node = node;
    this.bus = bus;
    this.membership = new Membership("bpfman-agent", cluster, this);
  }

  @Override
  public void start() {
    membership.start();
  }

  @Override
  public void close(Duration limit) {
    disconnect();
    membership.close(limit);
    // A join that was under way may have connected meanwhile.
    disconnect();
  }

  @Override
  public void onJoined(Vertx clustered) {
    disconnect();
    Future<?> registered =
        Future.all(
            BusRelay.receive(clustered, BusAddresses.agent(node), bus::agent),
            BusRelay.receive(clustered, BusAddresses.loader(node), bus::loader));
    try {
      registered.await(REGISTER_LIMIT_S, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw FailureCode.UNAVAILABLE.because(
          "the cluster did not take the addresses of node \"%s\" within %d s"
              .formatted(node, REGISTER_LIMIT_S),
          "its data members may be overloaded",
          e);
    }
    EventPublisher publisher = new EventPublisher(clustered);
    connect(
        bus.open(
            call -> BusRelay.send(clustered, BusAddresses.OPERATOR_REPORTS, call),
            publisher::publish));
    told = "";
  }

  @Override
  public void onLost(String why) {
    // What members still say to one another goes on until the next Vert.x takes its place.
  }

  @Override
  public void onFailed(BpfmanException failure) {
    if (!told.equals(failure.failure().message())) {
      told = failure.failure().message();
      LOG.warn("cannot join the cluster yet; this node goes on with what it has", failure);
    }
  }

  private synchronized void connect(NodeBus.Connection opened) {
    connection = opened;
  }

  private synchronized void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
