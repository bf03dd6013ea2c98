package io.bpfman.loader.adapter.grpc;

import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in as many connections as are allowed at once. When there are more, the oldest one that has
 * not called yet has to go, so that who opens many and says nothing keeps nobody out. Thread-safe.
 */
public final class ConnectionGate {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

  private final int limit;
  private final Set<HttpConnection> silent = new LinkedHashSet<>();
  private int open;

  public ConnectionGate(int limit) {
    this.limit = limit;
  }

  /** Counts a new connection; it, or a silent one in its place, is closed above the limit. */
  public void admit(HttpConnection connection) {
    connection.closeHandler(closed -> left(connection));
    HttpConnection surplus = enter(connection);
    if (surplus != null) {
      LOG.warn(
          "connection of {} closed: more than {} are open (--max-connections)",
          Callers.describe(surplus),
          limit);
      surplus.close();
    }
  }

  private synchronized @Nullable HttpConnection enter(HttpConnection connection) {
    silent.add(connection);
    open++;
    return open > limit ? silent.iterator().next() : null;
  }

  /** To be told of every call. */
  public synchronized void called(HttpConnection connection) {
    silent.remove(connection);
  }

  private synchronized void left(HttpConnection connection) {
    silent.remove(connection);
    open--;
  }
}
