package io.bpfman.loader.bridge;

import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.LoaderConsumer;
import io.bpfman.contract.grpc.GrpcLoader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Answers at {@link BusAddresses#OWN_LOADER} by asking the daemon behind the socket, and tells the
 * process and everybody what the daemon notices. Holds no state. Only for a bus that nobody else
 * can reach: whoever sends to it changes programs.
 */
public final class LoaderVerticle extends VerticleBase {
  private final String node;
  private final Path socket;
  private @Nullable GrpcLoader loader;
  private @Nullable EventRelay relay;

  public LoaderVerticle(String node, Path socket) {
    this.node = node;
    this.socket = socket;
  }

  @Override
  public Future<?> start() {
    GrpcLoader daemon = new GrpcLoader(vertx, socket);
    loader = daemon;
    EventRelay events = new EventRelay(vertx, node, daemon, new EventPublisher(vertx)::publishOwn);
    relay = events;
    events.start();
    return LoaderConsumer.register(vertx, BusAddresses.OWN_LOADER, daemon);
  }

  @Override
  public Future<?> stop() {
    Future<Void> unwatched = relay == null ? Future.succeededFuture() : relay.stop();
    return unwatched.eventually(() -> loader == null ? Future.succeededFuture() : loader.close());
  }
}
