package io.bpfman.operator.pki;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** Where a request comes from, as far as one sender can choose. */
final class SourceAddress {
  /** Bytes; whoever has one IPv6 address has all of its /64. */
  private static final int PREFIX = 8;

  private SourceAddress() {}

  /** An IPv4 address, or the prefix of an IPv6 address. */
  static String of(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    String text = remote == null ? "unknown" : String.valueOf(remote.hostAddress());
    InetAddress address = InetAddress.ofLiteral(text);
    return address instanceof Inet6Address ? prefix(address) : text;
  }

  private static String prefix(InetAddress address) {
    return HexFormat.ofDelimiter(":").formatHex(address.getAddress(), 0, PREFIX) + "::/64";
  }
}
