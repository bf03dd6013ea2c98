package io.bpfman.runtime.cluster;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigValues;
import io.bpfman.runtime.names.PeerName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a process takes part in the cluster.
 *
 * @param name clusters of another name are not joined
 * @param host address to bind, for cluster and event bus
 * @param publicHost address that others connect to; null: the same as {@code host}
 * @param port cluster port; 0: any free one
 * @param members host:port of the data members to join; a host may be a name with many addresses or
 *     none yet, and is looked up again and again
 * @param dataMember holds the registrations of everybody; false: needs a data member somewhere
 * @param busPort port of the event bus; 0: any free one
 * @param tlsDirectory holds {@code ca.crt}, {@code tls.crt} and {@code tls.key} of a member; null:
 *     no TLS, whoever reaches the ports is a member
 */
public record ClusterConfig(
    String name,
    String host,
    @Nullable String publicHost,
    int port,
    List<String> members,
    boolean dataMember,
    int busPort,
    @Nullable Path tlsDirectory) {
  /** Port of data members unless configured. */
  public static final int DEFAULT_PORT = 5701;

  private static final ConfigKey<String> NAME =
      ConfigKey.text("cluster.name", "Name of the cluster; members of another name stay apart.")
          .withDefault("bpfman");
  private static final ConfigKey<String> HOST =
      ConfigKey.text("cluster.host", "Address to bind for cluster and event bus.")
          .withDefault("127.0.0.1");
  private static final ConfigKey<String> PUBLIC_HOST =
      ConfigKey.text(
              "cluster.public-host", "Address that other members connect to, if it is another one.")
          .optional();
  private static final ConfigKey<Integer> PORT =
      ConfigKey.integer(
              "cluster.port",
              0,
              65_535,
              "Cluster port; 0 means 5701 for operators, else any free one.")
          .withDefault(0);
  private static final ConfigKey<List<String>> MEMBERS =
      ConfigKey.list(
              "cluster.members",
              "Operators to join, each as host:port; a host may have many addresses.")
          .withDefault(List.of("127.0.0.1:" + DEFAULT_PORT));

  private static final ConfigKey<Path> TLS =
      ConfigKey.path(
              "cluster.tls.directory",
              "Directory with ca.crt, tls.crt and tls.key of a member; without it whoever reaches the"
                  + " ports is one.")
          .optional();
  private static final ConfigKey<Integer> BUS_PORT =
      ConfigKey.integer("bus.port", 0, 65_535, "Event bus port; 0 means any free one.")
          .withDefault(0);

  public static final List<ConfigKey<?>> KEYS =
      List.of(NAME, HOST, PUBLIC_HOST, PORT, MEMBERS, TLS, BUS_PORT);

  public ClusterConfig {
    members = List.copyOf(members);
    members.forEach(member -> PeerName.parse(member, DEFAULT_PORT));
  }

  /** Without TLS, with any port for the event bus. */
  public ClusterConfig(
      String name,
      String host,
      @Nullable String publicHost,
      int port,
      List<String> members,
      boolean dataMember) {
    this(name, host, publicHost, port, members, dataMember, 0, null);
  }

  /** The same with mutual TLS. */
  public ClusterConfig withTls(Path directory) {
    return new ClusterConfig(name, host, publicHost, port, members, dataMember, busPort, directory);
  }

  /** Whether only this host can reach the ports; an unknown name is none of a loopback. */
  boolean isOnLoopback() {
    InetAddress address = new InetSocketAddress(host, 0).getAddress();
    return address != null && address.isLoopbackAddress();
  }

  List<PeerName> memberNames() {
    return members.stream().map(member -> PeerName.parse(member, DEFAULT_PORT)).toList();
  }

  /** A lite member, as agents and loader bridges are. */
  public static ClusterConfig from(ConfigValues values) {
    return new ClusterConfig(
        values.get(NAME),
        values.get(HOST),
        values.find(PUBLIC_HOST).orElse(null),
        values.get(PORT),
        values.get(MEMBERS),
        false,
        values.get(BUS_PORT),
        values.find(TLS).orElse(null));
  }

  /** The same as an operator: a data member on a known port. */
  public ClusterConfig asDataMember() {
    return new ClusterConfig(
        name,
        host,
        publicHost,
        port == 0 ? DEFAULT_PORT : port,
        members,
        true,
        busPort,
        tlsDirectory);
  }
}
