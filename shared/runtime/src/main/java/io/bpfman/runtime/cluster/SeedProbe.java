package io.bpfman.runtime.cluster;

import io.bpfman.runtime.names.PeerName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a data member listens, found out by connecting: much cheaper than starting Hazelcast in
 * vain.
 */
final class SeedProbe {
  private static final Logger LOG = LoggerFactory.getLogger(SeedProbe.class);
  private static final int CONNECT_MILLIS = 500;

  private SeedProbe() {}

  /**
   * True when one address of one member accepts a connection. Blocks for up to 500 ms per address.
   */
  static boolean anyAnswers(List<PeerName> members) {
    return members.stream()
        .flatMap(member -> member.resolve().stream())
        .anyMatch(SeedProbe::accepts);
  }

  private static boolean accepts(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      // Nobody there yet is the expected answer, not a fault; the caller asks again.
      LOG.debug("no operator at {}: {}", address, e.getMessage());
      return false;
    }
  }
}
