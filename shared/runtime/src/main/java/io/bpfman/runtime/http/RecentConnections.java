package io.bpfman.runtime.http;

import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The open connections of a server, bounded in number. Those that have not ended their handshake
 * are not among them; they have ten seconds for it. For one event loop.
 */
final class RecentConnections {
  private final int limit;

  /** The one that was used last is the last. */
  private final Set<HttpConnection> open = new LinkedHashSet<>();

  RecentConnections(int limit) {
    this.limit = limit;
  }

  /** Above the limit the one that was used least recently is closed. */
  void admit(HttpConnection connection) {
    connection.closeHandler(_ -> open.remove(connection));
    open.add(connection);
    if (open.size() > limit) {
      HttpConnection surplus = open.iterator().next();
      open.remove(surplus);
      surplus.close();
    }
  }

  /** To be told of every request. */
  void used(HttpConnection connection) {
    if (open.remove(connection)) {
      open.add(connection);
    }
  }
}
