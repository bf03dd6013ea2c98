package io.bpfman.runtime.health;

import io.bpfman.runtime.health.AccessCheck.Access;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.HttpAnswers;
import io.bpfman.runtime.http.HttpsListener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics} in Prometheus' text format. */
public final class MetricsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsVerticle.class);
  private static final String PATH = "/metrics";
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String BEARER = "bearer ";

  private final MetricsSettings settings;
  private final Supplier<String> scrape;
  private volatile @Nullable HttpsListener secured;
  private volatile @Nullable HttpServer plain;

  /**
   * @param scrape the text; called on worker threads
   */
  public MetricsVerticle(MetricsSettings settings, Supplier<String> scrape) {
    this.settings = settings;
    this.scrape = scrape;
  }

  /** As {@link HttpsListener#start}. */
  @Override
  public Future<?> start() {
    BindAddress address = settings.address();
    if (settings.tls() == null) {
      HttpServer created =
          vertx
              .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
              .requestHandler(this::answer);
      return created.listen(address.port(), address.host()).onSuccess(_ -> plain = created);
    }
    HttpsListener listener = new HttpsListener(vertx, address, settings.tls(), this::answer);
    secured = listener;
    return listener.start(settings.refresh());
  }

  @Override
  public Future<?> stop() {
    HttpServer open = plain;
    HttpsListener listener = secured;
    if (open != null) {
      return open.close();
    }
    return listener == null ? Future.succeededFuture() : listener.close();
  }

  /** The port that it listens on; 0 before. */
  public int port() {
    HttpServer open = plain;
    HttpsListener listener = secured;
    if (open != null) {
      return open.actualPort();
    }
    return listener == null ? 0 : listener.port();
  }

  private void answer(HttpServerRequest request) {
    if (!HttpAnswers.isRead(request)) {
      return;
    }
    if (!PATH.equals(request.path())) {
      HttpAnswers.text(request, 404, "only " + PATH + " is here");
      return;
    }
    AccessCheck check = settings.access();
    if (check == null) {
      scrape(request);
    } else {
      String token = token(request.getHeader(HttpHeaders.AUTHORIZATION));
      if (token.isEmpty()) {
        decide(request, Access.UNAUTHENTICATED);
      } else {
        vertx
            .executeBlocking(() -> check.check(token, PATH), false)
            .onSuccess(access -> decide(request, access))
            .onFailure(thrown -> failed(request, "asking the API server who may read", thrown));
      }
    }
  }

  private static String token(@Nullable String header) {
    return header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  private void decide(HttpServerRequest request, Access access) {
    switch (access) {
      case ALLOWED -> scrape(request);
      case UNAUTHENTICATED -> {
        request.response().putHeader("WWW-Authenticate", "Bearer");
        HttpAnswers.text(request, 401, "needs the token of a service account or user");
      }
      case FORBIDDEN ->
          HttpAnswers.text(request, 403, "needs the right to get the non-resource URL " + PATH);
    }
  }

  private void scrape(HttpServerRequest request) {
    vertx
        .executeBlocking(scrape::get, false)
        .onSuccess(
            text -> {
              if (!request.response().closed()) {
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, FORMAT).end(text);
              }
            })
        .onFailure(thrown -> failed(request, "reading the metrics", thrown));
  }

  private static void failed(HttpServerRequest request, String what, Throwable thrown) {
    LOG.warn("{} failed", what, thrown);
    HttpAnswers.text(request, 503, what + " failed; the log says why");
  }
}
