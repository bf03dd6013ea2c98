package io.bpfman.loader.bridge;

import io.bpfman.contract.NodeKey;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.LoaderConsumer;
import io.bpfman.contract.grpc.GrpcLoader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code bpfman.loader.<node>} on the event bus by asking the daemon behind the socket, and
 * tells the bus what the daemon notices. Holds no state.
 */
public final class LoaderVerticle extends VerticleBase {
  private final String node;
  private final Path socket;
  private final NodeKey key;
  private @Nullable GrpcLoader loader;
  private @Nullable EventRelay relay;

  public LoaderVerticle(String node, Path socket, NodeKey key) {
    this.node = node;
    this.socket = socket;
    this.key = key;
  }

  @Override
  public Future<?> start() {
    GrpcLoader daemon = new GrpcLoader(vertx, socket);
    loader = daemon;
    EventRelay events =
        new EventRelay(vertx, node, daemon, new EventPublisher(vertx)::publishToNode);
    relay = events;
    events.start();
    return LoaderConsumer.register(vertx, node, daemon, key);
  }

  @Override
  public Future<?> stop() {
    Future<Void> unwatched = relay == null ? Future.succeededFuture() : relay.stop();
    return unwatched.eventually(() -> loader == null ? Future.succeededFuture() : loader.close());
  }
}
