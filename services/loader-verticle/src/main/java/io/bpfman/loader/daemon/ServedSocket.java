package io.bpfman.loader.daemon;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the socket file, and on a new one when that is gone: who cleans up directories of
 * sockets would make a running daemon unreachable. Connections made before go on.
 */
final class ServedSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedSocket.class);
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final SocketFile file;
  private final Supplier<HttpServer> servers;
  private final Duration stopLimit;
  private final List<HttpServer> listening = new ArrayList<>();
  private volatile Object key = "";
  private String told = "";
  private boolean binding;
  private long timer;

  /**
   * @param servers not listening yet
   * @param stopLimit for beginning and ending
   */
  ServedSocket(Vertx vertx, SocketFile file, Supplier<HttpServer> servers, Duration stopLimit) {
    this.vertx = vertx;
    this.file = file;
    this.servers = servers;
    this.stopLimit = stopLimit;
  }

  /** Blocks until it listens. START_REFUSED when it cannot. */
  void begin() {
    file.prepare();
    try {
      await(listen(file.path()));
    } catch (Exception e) {
      throw FailureCode.START_REFUSED.because(
          "cannot listen on %s: %s".formatted(file.path(), e.getMessage()),
          "check the directory's permissions",
          e);
    }
    file.restrict();
    key = file.key();
    timer = vertx.setPeriodic(LOOK_MILLIS, now -> look());
  }

  private Future<HttpServer> listen(Path path) {
    HttpServer server = servers.get();
    return server
        .listen(SocketAddress.domainSocketAddress(path.toString()))
        .onSuccess(
            bound -> {
              synchronized (listening) {
                listening.add(server);
              }
            });
  }

  /** On an event loop; what it asks of the file system is done in microseconds. */
  private void look() {
    if (binding || key.equals(file.key())) {
      return;
    }
    binding = true;
    try {
      file.prepare();
      SocketFile beside = file.beside(listening.size());
      beside.prepare();
      listen(beside.path())
          .map(bound -> takePlace(beside))
          .onFailure(this::tell)
          .onComplete(done -> binding = false);
    } catch (BpfmanException e) {
      tell(e);
      binding = false;
    }
  }

  private Object takePlace(SocketFile beside) {
    beside.restrict();
    file.replaceBy(beside);
    key = file.key();
    told = "";
    LOG.warn("the socket file {} was gone and has been made anew", file.path());
    return key;
  }

  /** Once for each reason: it is tried again every second. */
  private void tell(Throwable thrown) {
    String reason = String.valueOf(thrown.getMessage());
    if (!reason.equals(told)) {
      told = reason;
      LOG.error("the socket file {} is gone and cannot be made anew: {}", file.path(), reason);
    }
  }

  private void await(Future<?> future) throws Exception {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .get(stopLimit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A file that is another's by now stays. */
  @Override
  public void close() throws Exception {
    vertx.cancelTimer(timer);
    try {
      await(Future.join(closing()));
    } finally {
      removeOwn();
    }
  }

  private List<Future<Void>> closing() {
    synchronized (listening) {
      return listening.stream().map(HttpServer::close).toList();
    }
  }

  private void removeOwn() throws IOException {
    if (key.equals(file.key())) {
      file.remove();
    }
  }
}
