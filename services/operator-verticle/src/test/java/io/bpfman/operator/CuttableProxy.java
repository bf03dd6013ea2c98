package io.bpfman.operator;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hands TCP connections on to a port of the loopback, and can cut them all. */
final class CuttableProxy {
  private static final String LOOPBACK = "127.0.0.1";

  private final NetServer server;
  private final NetClient client;
  private final int target;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  CuttableProxy(Vertx vertx, int target) {
    this.server = vertx.createNetServer();
    this.client = vertx.createNetClient();
    this.target = target;
  }

  /** Answers the port. */
  Future<Integer> start() {
    return server.connectHandler(this::connect).listen(0, LOOPBACK).map(NetServer::actualPort);
  }

  private void connect(NetSocket near) {
    if (cut) {
      near.close();
      return;
    }
    near.pause();
    client.connect(target, LOOPBACK).onSuccess(far -> join(near, far)).onFailure(_ -> near.close());
  }

  private void join(NetSocket near, NetSocket far) {
    sockets.add(near);
    sockets.add(far);
    near.closeHandler(_ -> far.close());
    far.closeHandler(_ -> near.close());
    near.handler(far::write);
    far.handler(near::write);
    near.resume();
  }

  /** Ends every connection, and each new one at once. */
  void cut() {
    cut = true;
    drop();
  }

  /** Ends every connection; new ones work. */
  void drop() {
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }

  void restore() {
    cut = false;
  }
}
