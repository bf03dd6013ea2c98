package io.bpfman.loader.daemon;

import io.bpfman.loader.adapter.grpc.CallThreads;
import io.bpfman.loader.adapter.grpc.Callers;
import io.bpfman.loader.adapter.grpc.ConnectionGate;
import io.bpfman.loader.adapter.grpc.CoreLoader;
import io.bpfman.loader.adapter.grpc.GrpcApi;
import io.bpfman.loader.adapter.grpc.KeepAlive;
import io.bpfman.loader.adapter.grpc.SocketLimits;
import io.bpfman.loader.core.watch.EventHub;
import io.bpfman.loader.port.BpfKernel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loader behind its socket. Opening repairs what is there and listens; closing leaves every
 * program and link in the kernel.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** Leaves a second of the five that service managers and bpfman's clients grant. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(4);

  private static final Duration WATCH_STOP_LIMIT = Duration.ofSeconds(1);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final DaemonConfig config;
  private boolean started;

  private Daemon(DaemonConfig config) {
    this.config = config;
  }

  /**
   * START_REFUSED with the reason when it cannot work; then nothing stays open.
   *
   * @param binding answers the kernel, perhaps bound on another thread meanwhile
   */
  static Daemon open(Vertx vertx, DaemonConfig config, Supplier<BpfKernel> binding) {
    Daemon daemon = new Daemon(config);
    try {
      daemon.start(vertx, binding);
      return daemon;
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
  }

  private void start(Vertx vertx, Supplier<BpfKernel> binding) {
    LoaderInstance instance =
        LoaderInstance.open(
            new Opening(config.runtimeDir(), config.lockTimeout(), Care.ALL), binding);
    open.push(() -> leave(instance));
    instance.repairs().forEach(LOG::warn);
    CallThreads threads = new CallThreads(vertx, config.limits().waiting());
    open.push(threads);
    EventHub events = instance.core().events();
    listen(vertx, new CoreLoader(instance.core(), threads, instance.describe()));
    started = true;
    instance.serves(config.socketPath());
    open.push(() -> stopWatching(events));
    if (config.csiSupport()) {
      LOG.warn("--csi-support is accepted, but this version serves no CSI");
    }
    LOG.info("serving bpfman.v1 on {}", config.socketPath());
  }

  private void leave(LoaderInstance instance) {
    if (started) {
      instance.close();
    } else {
      instance.abandon();
    }
  }

  private void listen(Vertx vertx, CoreLoader loader) {
    ConnectionGate gate = new ConnectionGate(config.limits().connections());
    KeepAlive alive = new KeepAlive();
    long interval = KeepAlive.interval(config.limits().idle()).toMillis();
    long timer = vertx.setPeriodic(interval, now -> alive.ping());
    open.push(() -> vertx.cancelTimer(timer));
    GrpcServer grpc = GrpcApi.create(vertx, loader, new Callers(config.allowedUids()), alive);
    SocketFile file = new SocketFile(config.socketPath());
    ServedSocket socket =
        new ServedSocket(vertx, file, () -> server(vertx, gate, grpc), STOP_LIMIT);
    open.push(socket);
    socket.begin();
  }

  private HttpServer server(Vertx vertx, ConnectionGate gate, GrpcServer grpc) {
    return vertx
        .createHttpServer(options(config.limits()))
        .connectionHandler(gate::admit)
        .requestHandler(
            request -> {
              gate.called(request.connection());
              grpc.handle(request);
            });
  }

  private static HttpServerOptions options(SocketLimits limits) {
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(true);
    options.getInitialSettings().setMaxConcurrentStreams(limits.streams());
    return options
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(limits.idle().toMillis()));
  }

  /** Before the server closes, so that clients are told why their streams end. */
  private static void stopWatching(EventHub events) {
    if (!events.close(WATCH_STOP_LIMIT)) {
      LOG.warn("the kernel is still watched after {} s", WATCH_STOP_LIMIT.toSeconds());
    }
  }

  /** Stops listening and gives the directory free, bounded in time. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("stopping: {}", e.toString());
      }
    }
  }
}
