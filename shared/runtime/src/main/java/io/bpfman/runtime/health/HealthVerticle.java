package io.bpfman.runtime.health;

import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.HttpAnswers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /healthz}: 200 as long as the event loop turns. {@code /readyz}: 200, or 503 with what is
 * missing. Plain HTTP, for the kubelet.
 */
public final class HealthVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HealthVerticle.class);
  private static final int IDLE_SECONDS = 60;

  private final BindAddress address;
  private final Readiness readiness;
  private volatile @Nullable HttpServer server;

  public HealthVerticle(BindAddress address, Readiness readiness) {
    this.address = address;
    this.readiness = readiness;
  }

  /** Fails when the address is taken. */
  @Override
  public Future<?> start() {
    HttpServer created =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(address.host())
                    .setPort(address.port())
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout(IDLE_SECONDS))
            .requestHandler(this::answer);
    return created.listen().onSuccess(_ -> server = created);
  }

  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }

  /** The port that it listens on; 0 before it is deployed. */
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  private void answer(HttpServerRequest request) {
    if (!HttpAnswers.isRead(request)) {
      return;
    }
    switch (request.path()) {
      case "/healthz" -> HttpAnswers.text(request, 200, "ok");
      case "/readyz" -> ready(request);
      case null, default -> HttpAnswers.text(request, 404, "only /healthz and /readyz are here");
    }
  }

  private void ready(HttpServerRequest request) {
    List<String> missing;
    try {
      missing = readiness.missing();
    } catch (RuntimeException e) {
      LOG.error("the question whether this process is ready failed", e);
      missing = List.of("an answer; the log says why");
    }
    if (missing.isEmpty()) {
      HttpAnswers.text(request, 200, "ok");
    } else {
      HttpAnswers.text(request, 503, "not ready, waits for: " + String.join("; ", missing));
    }
  }
}
