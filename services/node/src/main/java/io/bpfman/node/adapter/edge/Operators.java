package io.bpfman.node.adapter.edge;

import io.bpfman.model.FailureCode;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where operators are now. Blocks for as long as name servers take. */
final class Operators {
  private static final int MAX_PORT = 65_535;

  private Operators() {}

  /**
   * All addresses in a random order, so that nodes spread over operators.
   *
   * @throws io.bpfman.model.BpfmanException UNAVAILABLE when no name is known
   */
  static List<SocketAddress> find(List<String> hosts, RandomGenerator random) {
    List<SocketAddress> found = new ArrayList<>();
    for (String host : hosts) {
      found.addAll(resolve(host));
    }
    if (found.isEmpty()) {
      throw FailureCode.UNAVAILABLE.because(
          "no name server knows an address of " + String.join(", ", hosts),
          "check --edge-operators, and that an operator runs");
    }
    Collections.shuffle(found, random);
    return found;
  }

  /** Empty while there is no such name, as of a Service without pods. */
  private static List<SocketAddress> resolve(String operator) {
    int colon = operator.lastIndexOf(':');
    int port = port(operator, colon);
    String host = operator.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> certified(address, port))
          .toList();
    } catch (UnknownHostException _) {
      // The caller says so when nobody else is there.
      return List.of();
    }
  }

  /** Verified by the name that every edge's certificate has, whatever its address. */
  private static SocketAddress certified(InetAddress address, int port) {
    try {
      return SocketAddress.inetSocketAddress(
          new InetSocketAddress(
              InetAddress.getByAddress(Role.EDGE_NAME, address.getAddress()), port));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private static int port(String operator, int colon) {
    try {
      int port = Integer.parseInt(operator.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Said below, with the whole word.
    }
    throw FailureCode.CONFIGURATION_INVALID.because(
        "operator \"%s\" is not host:port".formatted(operator),
        "write for example bpfman-operator-edge.bpfman.svc:5702");
  }
}
