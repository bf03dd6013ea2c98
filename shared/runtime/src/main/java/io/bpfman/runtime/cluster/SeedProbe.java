package io.bpfman.runtime.cluster;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Whether a data member listens, found out by connecting: much cheaper than starting Hazelcast in
 * vain.
 */
final class SeedProbe {
  private static final int CONNECT_MILLIS = 500;

  private SeedProbe() {}

  /**
   * True when one address of one member accepts a connection. Blocks for up to 500 ms per address.
   */
  static boolean anyAnswers(List<String> members) {
    return members.stream().anyMatch(SeedProbe::answers);
  }

  private static boolean answers(String member) {
    int colon = member.lastIndexOf(':');
    String host = colon < 0 ? member : member.substring(0, colon);
    int port = colon < 0 ? ClusterConfig.DEFAULT_PORT : port(member, colon);
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (accepts(new InetSocketAddress(address, port))) {
          return true;
        }
      }
      return false;
    } catch (IOException _) {
      // No such name yet: a headless Service without pods; the caller asks again.
      return false;
    }
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException _) {
      // Nobody there yet is the expected answer, not a fault; the caller asks again.
      return false;
    }
  }

  private static int port(String member, int colon) {
    try {
      return Integer.parseInt(member.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "cluster member \"%s\" has no valid port".formatted(member),
          "write host:port, for example 127.0.0.1:5701",
          e);
    }
  }
}
