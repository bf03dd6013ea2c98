package io.bpfman.agent.port;

import java.util.List;

/**
 * A network interface of the node's own namespace.
 *
 * @param addresses numeric, without prefix length
 * @param primary whether it carries the node's address; true for at most one
 */
public record NodeInterface(
    String name, boolean up, boolean loopback, List<String> addresses, boolean primary) {
  public NodeInterface {
    addresses = List.copyOf(addresses);
  }
}
