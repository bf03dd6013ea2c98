package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.FailureCode;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;

/**
 * Knows who calls and lets in who may. The one place that reaches into Vert.x for the channel: it
 * has no public way to the peer's credentials.
 *
 * @param allowed user ids; empty: whoever the socket file's mode lets in
 */
public record Callers(Set<Long> allowed) {

  /** PERMISSION_DENIED for a user that is not allowed, or one that cannot be told. */
  void require(HttpConnection connection, String method) {
    if (allowed.isEmpty()) {
      return;
    }
    Optional<Caller> caller = of(connection);
    if (caller.filter(known -> allowed.contains(known.uid())).isEmpty()) {
      throw FailureCode.PERMISSION_DENIED.because(
          "%s is not for %s".formatted(method, describe(connection)),
          "the daemon was started with --allowed-uids; call as one of these users");
    }
  }

  static String describe(HttpConnection connection) {
    return of(connection).map(Caller::toString).orElse("an unknown user");
  }

  /** Empty without Netty's native transport, whose channel alone tells. */
  private static Optional<Caller> of(HttpConnection connection) {
    if (connection instanceof HttpServerConnection server
        && server.channelHandlerContext().channel() instanceof EpollDomainSocketChannel channel) {
      try {
        PeerCredentials peer = channel.peerCredentials();
        return Optional.of(
            new Caller(
                Integer.toUnsignedLong(peer.uid()),
                Integer.toUnsignedLong(peer.gids()[0]),
                peer.pid()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Optional.empty();
  }
}
