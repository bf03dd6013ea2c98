package io.bpfman.agent.adapter.host;

import io.bpfman.agent.port.NodeFacts;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Interfaces of this process's network namespace. Primary is the one with the IPv4 default route
 * (/proc/net/route), else the first that is up, has an address and is no loopback.
 */
public final class HostNodeFacts implements NodeFacts {
  private static final String DEFAULT_DESTINATION = "00000000";

  private final Path routes;

  public HostNodeFacts(Path routes) {
    this.routes = routes;
  }

  @Override
  public List<NodeInterface> interfaces() {
    try {
      List<NodeInterface> plain =
          NetworkInterface.networkInterfaces()
              .map(HostNodeFacts::read)
              .flatMap(Optional::stream)
              .sorted(Comparator.comparing(NodeInterface::name))
              .toList();
      String primary = primary(plain).orElse("");
      return plain.stream().map(i -> i.name().equals(primary) ? primary(i) : i).toList();
    } catch (IOException e) {
      throw FailureCode.INTERNAL.because(
          "the network interfaces of this node cannot be listed", "see the cause", e);
    }
  }

  /** Empty for one that went away while it was read. */
  private static Optional<NodeInterface> read(NetworkInterface found) {
    try {
      return Optional.of(
          new NodeInterface(
              found.getName(),
              found.isUp(),
              found.isLoopback(),
              found.inetAddresses().map(InetAddress::getHostAddress).toList(),
              false));
    } catch (SocketException gone) {
      return Optional.empty();
    }
  }

  private static NodeInterface primary(NodeInterface found) {
    return new NodeInterface(found.name(), found.up(), found.loopback(), found.addresses(), true);
  }

  private Optional<String> primary(List<NodeInterface> interfaces) throws IOException {
    Optional<String> routed =
        Files.exists(routes) ? defaultRoute(Files.readAllLines(routes)) : Optional.empty();
    return routed.or(
        () ->
            interfaces.stream()
                .filter(i -> i.up() && !i.loopback() && !i.addresses().isEmpty())
                .map(NodeInterface::name)
                .findFirst());
  }

  /**
   * Columns of the kernel's table: interface, destination, gateway, flags, reference count, use,
   * metric, mask.
   */
  private static Optional<String> defaultRoute(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> line.trim().split("\\s+"))
        .filter(
            columns ->
                columns.length > 7
                    && columns[1].equals(DEFAULT_DESTINATION)
                    && columns[7].equals(DEFAULT_DESTINATION))
        .min(Comparator.comparingLong(columns -> Long.parseLong(columns[6])))
        .map(columns -> columns[0]);
  }
}
