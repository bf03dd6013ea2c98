package io.bpfman.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.bpfman.runtime.LocalVertx;
import io.bpfman.runtime.cluster.tls.BusTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import org.jspecify.annotations.Nullable;

/** Makes a clustered Vert.x on a Hazelcast member. */
final class BusStart {
  private BusStart() {}

  /**
   * @param tls null: none
   */
  static Future<Vertx> start(
      ClusterConfig cluster, HazelcastInstance hazelcast, @Nullable BusTls tls) {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(8)
            .setInternalBlockingPoolSize(4)
            .setFileSystemOptions(LocalVertx.withoutCache())
            .setEventBusOptions(bus(cluster, tls));
    Future<Vertx> vertx =
        Vertx.builder()
            .with(options)
            .withClusterManager(new HazelcastClusterManager(hazelcast))
            .buildClustered();
    return tls == null ? vertx : vertx.compose(made -> tls.openToMembers(made).map(made));
  }

  private static EventBusOptions bus(ClusterConfig cluster, @Nullable BusTls tls) {
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(cluster.host())
            .setPort(cluster.busPort())
            .setConnectTimeout(2_000)
            .setClusterPingInterval(5_000)
            .setClusterPingReplyInterval(5_000);
    if (cluster.publicHost() != null) {
      bus.setClusterPublicHost(cluster.publicHost());
    }
    if (tls != null) {
      tls.closeToAll(bus);
    }
    return bus;
  }
}
