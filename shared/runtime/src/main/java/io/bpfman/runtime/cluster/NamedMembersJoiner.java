package io.bpfman.runtime.cluster;

import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import io.bpfman.runtime.names.PeerName;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Hazelcast's joiner by TCP with the addresses that the members' names have now: all of them, asked
 * for anew at each join and at each search for other parts of the cluster.
 */
final class NamedMembersJoiner extends TcpIpJoiner {
  private final List<PeerName> names;

  NamedMembersJoiner(Node node, List<PeerName> names) {
    super(node);
    this.names = names;
  }

  @Override
  protected Collection<String> getMembers() {
    Collection<String> members =
        names.stream()
            .flatMap(name -> name.resolve().stream())
            .map(NamedMembersJoiner::text)
            .collect(Collectors.toSet());
    logger.fine("the names of the members have these addresses: " + members);
    return members;
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host)
        + ":"
        + address.getPort();
  }
}
