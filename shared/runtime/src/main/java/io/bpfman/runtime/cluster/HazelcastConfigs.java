package io.bpfman.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.bpfman.model.FailureCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Hazelcast tuned for a small control plane: few threads, quick detection of lost members, no
 * multicast, no calls home.
 */
final class HazelcastConfigs {
  /** The attribute by which vertx-hazelcast finds a member's node id. */
  private static final String NODE_ID_ATTRIBUTE = "__vertx.nodeId";

  /**
   * Values in seconds, milliseconds where the name says so; partition count must be equal on all
   * members.
   */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.metrics.enabled", "false"),
          Map.entry("hazelcast.health.monitoring.level", "OFF"),
          Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"),
          Map.entry("hazelcast.io.thread.count", "1"),
          Map.entry("hazelcast.event.thread.count", "1"),
          Map.entry("hazelcast.partition.count", "31"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.join.seconds", "15"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "3"),
          Map.entry("hazelcast.tcp.join.previously.joined.member.address.retention.seconds", "300"),
          Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
          Map.entry("hazelcast.graceful.shutdown.max.wait", "2"));

  private HazelcastConfigs() {}

  static Config of(ClusterConfig cluster, String nodeId) {
    Config config = new Config();
    config.setClusterName(cluster.name());
    config.setLiteMember(!cluster.dataMember());
    config.getMemberAttributeConfig().setAttribute(NODE_ID_ATTRIBUTE, nodeId);
    PROPERTIES.forEach(config::setProperty);
    config.setProperty("hazelcast.local.localAddress", canonical(cluster.host()));
    config.getJetConfig().setEnabled(false);
    config.getUserCodeDeploymentConfig().setEnabled(false);
    config.setClassLoader(new AllowedClasses(HazelcastConfigs.class.getClassLoader()));
    config.getSerializationConfig().setJavaSerializationFilterConfig(AllowedClasses.filter());
    network(config.getNetworkConfig(), cluster);
    return config;
  }

  private static void network(NetworkConfig network, ClusterConfig cluster) {
    network.setPort(cluster.port()).setPortAutoIncrement(false).setReuseAddress(true);
    if (cluster.publicHost() != null) {
      network.setPublicAddress(cluster.publicHost());
    }
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
  }

  /** An address as Hazelcast compares it: the same one in other words is another one to it. */
  private static String canonical(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw FailureCode.START_REFUSED.because(
          "the address to bind, \"%s\", is not known".formatted(host),
          "give --cluster-host an address of this machine",
          e);
    }
  }
}
