package io.bpfman.node.adapter.edge;

import io.bpfman.model.FailureCode;
import io.bpfman.runtime.names.PeerName;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Where operators are now. Blocks for as long as name servers take. */
final class Operators {
  private Operators() {}

  /**
   * All addresses in a random order, so that nodes spread over operators.
   *
   * @throws io.bpfman.model.BpfmanException UNAVAILABLE when no name is known
   */
  static List<SocketAddress> find(List<PeerName> operators, RandomGenerator random) {
    List<SocketAddress> found = new ArrayList<>();
    operators.forEach(
        operator -> operator.resolve().forEach(address -> found.add(certified(address))));
    if (found.isEmpty()) {
      throw FailureCode.UNAVAILABLE.because(
          "no name server knows an address of "
              + operators.stream().map(PeerName::host).collect(Collectors.joining(", ")),
          "check --edge-operators, and that an operator runs");
    }
    Collections.shuffle(found, random);
    return found;
  }

  /** Verified by the name that every edge's certificate has, whatever its address. */
  private static SocketAddress certified(InetSocketAddress address) {
    byte[] bytes = address.getAddress().getAddress();
    try {
      return SocketAddress.inetSocketAddress(
          new InetSocketAddress(
              InetAddress.getByAddress(Role.EDGE_NAME, bytes), address.getPort()));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }
}
