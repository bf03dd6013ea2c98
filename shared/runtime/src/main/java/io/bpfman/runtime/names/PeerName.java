package io.bpfman.runtime.names;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a peer is, as it was configured: a name, which may have no address yet or many, or an
 * address.
 *
 * @param host without brackets
 * @param port 1 to 65535
 */
public record PeerName(String host, int port) {
  private static final Logger LOG = LoggerFactory.getLogger(PeerName.class);

  /**
   * Reads {@code host}, {@code host:port}, {@code [2001:db8::1]:port} or an address of version 6
   * alone.
   *
   * @param usualPort when the text has none
   * @throws BpfmanException CONFIGURATION_INVALID
   */
  public static PeerName parse(String text, int usualPort) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean hasPort =
        bracketed ? text.indexOf("]:") == colon - 1 : colon >= 0 && colon == text.indexOf(':');
    String host = hasPort ? text.substring(0, colon) : text;
    if (bracketed && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = hasPort ? port(text, text.substring(colon + 1)) : usualPort;
    if (host.isBlank() || host.contains("[") || host.contains("]")) {
      throw invalid(text, "has no valid host", null);
    }
    return new PeerName(host, port);
  }

  /**
   * Its addresses at this moment; empty while it has none. Blocks for as long as the system's
   * resolver takes, which is 10 s and more when no name server answers.
   */
  public List<InetSocketAddress> resolve() {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException e) {
      // No such name yet: a headless Service without pods. Whoever looks for peers asks again.
      LOG.debug("\"{}\" has no address yet: {}", host, e.getMessage());
      return List.of();
    }
  }

  private static int port(String text, String digits) {
    try {
      int port = Integer.parseInt(digits);
      if (port < 1 || port > 65_535) {
        throw invalid(text, "has no valid port", null);
      }
      return port;
    } catch (NumberFormatException e) {
      throw invalid(text, "has no valid port", e);
    }
  }

  private static BpfmanException invalid(String text, String fault, @Nullable Throwable cause) {
    return FailureCode.CONFIGURATION_INVALID.because(
        "\"%s\" %s".formatted(text, fault),
        "write host:port with a port from 1 to 65535, for example 127.0.0.1:5701 or"
            + " [2001:db8::1]:5701",
        cause);
  }
}
