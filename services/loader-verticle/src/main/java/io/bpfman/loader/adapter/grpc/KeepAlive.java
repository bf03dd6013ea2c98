package io.bpfman.loader.adapter.grpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections from being idle while a call is at work for them or a watch is quiet: they are
 * pinged, and closed when the peer answers none of {@value #ROUNDS} pings, which takes as long as
 * the idle timeout. What is answered and not read is no work. Thread-safe.
 */
public final class KeepAlive {
  private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);
  private static final int ROUNDS = 3;

  /** RFC 9113, 6.7. */
  private static final int PING_BYTES = 8;

  private final Map<HttpConnection, Held> held = new HashMap<>();

  /** Calls at work on one connection, and rounds since it was heard of. */
  private static final class Held {
    private int calls;
    private int silent;
  }

  /** Between two calls of {@link #ping} for connections that may be idle for so long. */
  public static Duration interval(Duration idle) {
    return idle.dividedBy(ROUNDS + 1);
  }

  /** Work begins; to be run once when it ends. */
  synchronized Runnable hold(HttpConnection connection) {
    held.computeIfAbsent(connection, first -> new Held()).calls++;
    return () -> release(connection);
  }

  private synchronized void release(HttpConnection connection) {
    Held calls = held.get(connection);
    if (calls != null && --calls.calls == 0) {
      held.remove(connection);
    }
  }

  /** To be called at {@link #interval}. */
  public void ping() {
    connections().forEach(this::ping);
  }

  private synchronized List<HttpConnection> connections() {
    return List.copyOf(held.keySet());
  }

  private void ping(HttpConnection connection) {
    if (isDead(connection)) {
      LOG.info("connection of {} closed: it answers no ping", Callers.describe(connection));
      connection.close();
      return;
    }
    try {
      connection.ping(Buffer.buffer(new byte[PING_BYTES])).onSuccess(alive -> heard(connection));
    } catch (UnsupportedOperationException http1) {
      LOG.debug("no pings in HTTP/1: the idle timeout holds for {}", connection);
      heard(connection);
    }
  }

  private synchronized boolean isDead(HttpConnection connection) {
    Held calls = held.get(connection);
    return calls != null && calls.silent++ >= ROUNDS;
  }

  private synchronized void heard(HttpConnection connection) {
    Held calls = held.get(connection);
    if (calls != null) {
      calls.silent = 0;
    }
  }
}
