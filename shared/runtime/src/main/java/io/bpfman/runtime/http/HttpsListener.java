package io.bpfman.runtime.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTPS server that begins to listen as soon as there is a certificate and takes up a new one
 * without losing a connection. A certificate that cannot be used leaves the old one in place.
 * HTTP/1.1 only, over at most 256 connections: for a further one that goes which has been silent
 * the longest. For one verticle: every method but {@link #port} is called on its context.
 */
public final class HttpsListener {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsListener.class);

  /**
   * Longer than Go's clients keep idle connections (90 s), so that none runs into a closing one.
   */
  private static final int IDLE_SECONDS = 180;

  private static final long SHUTDOWN_SECONDS = 3;

  /** Each costs some 40 KB for its encryption. */
  private static final int MAX_CONNECTIONS = 256;

  private final Vertx vertx;
  private final BindAddress address;
  private final CertificateSource certificates;
  private final Handler<HttpServerRequest> handler;
  private volatile @Nullable HttpServer server;
  private @Nullable ServingCertificate served;
  private String told = "";
  private boolean checking;
  private long timer = -1;

  public HttpsListener(
      Vertx vertx,
      BindAddress address,
      CertificateSource certificates,
      Handler<HttpServerRequest> handler) {
    this.vertx = vertx;
    this.address = address;
    this.certificates = certificates;
    this.handler = handler;
  }

  /**
   * Listens when there is a certificate, else as soon as there is one. Fails when there is one that
   * cannot be used, and when the address is taken.
   *
   * @param refresh interval of looking for a new certificate
   */
  public Future<Void> start(Duration refresh) {
    return check().onSuccess(_ -> timer = vertx.setPeriodic(refresh.toMillis(), _ -> checkAgain()));
  }

  /** The port that it listens on; 0 before. */
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  /** Lets the requests that are under way end, for 3 s at most. */
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    HttpServer listening = server;
    return listening == null
        ? Future.succeededFuture()
        : listening.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  private void checkAgain() {
    if (checking) {
      return;
    }
    checking = true;
    check()
        .onFailure(thrown -> tell(thrown.getMessage(), thrown))
        .onComplete(_ -> checking = false);
  }

  private Future<Void> check() {
    return vertx
        .executeBlocking(certificates::read, false)
        .compose(found -> found.map(this::use).orElseGet(this::goOn));
  }

  private Future<Void> goOn() {
    if (served == null) {
      tell("no certificate in " + certificates.describe() + " yet; not listening", null);
    }
    return Future.succeededFuture();
  }

  private Future<Void> use(ServingCertificate certificate) {
    return certificate.equals(served)
        ? Future.succeededFuture()
        : show(certificate).onSuccess(_ -> served = certificate).mapEmpty();
  }

  private Future<?> show(ServingCertificate certificate) {
    KeyCertOptions keys =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate.chain()))
            .addKeyValue(Buffer.buffer(certificate.key()));
    HttpServer listening = server;
    if (listening != null) {
      return listening
          .updateSSLOptions(tls(certificate, keys))
          .onSuccess(_ -> tell("serves the new certificate of " + certificates.describe(), null));
    }
    RecentConnections connections = new RecentConnections(MAX_CONNECTIONS);
    HttpServer created =
        vertx
            .createHttpServer(options(certificate, keys))
            .connectionHandler(connections::admit)
            .requestHandler(
                request -> {
                  connections.used(request.connection());
                  handler.handle(request);
                });
    return created.listen().onSuccess(this::listening);
  }

  private void listening(HttpServer created) {
    server = created;
    tell("listens with the certificate of " + certificates.describe(), null);
  }

  private static ServerSSLOptions tls(ServingCertificate certificate, KeyCertOptions keys) {
    ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(keys);
    if (!certificate.clients().isEmpty()) {
      options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(authorities(certificate));
    }
    return options;
  }

  private static TrustOptions authorities(ServingCertificate certificate) {
    return new PemTrustOptions().addCertValue(Buffer.buffer(certificate.clients()));
  }

  private HttpServerOptions options(ServingCertificate certificate, KeyCertOptions keys) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setSsl(true)
            .setUseAlpn(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setKeyCertOptions(keys);
    if (!certificate.clients().isEmpty()) {
      options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(authorities(certificate));
    }
    return options;
  }

  /** Once for each change. */
  private void tell(@Nullable String words, @Nullable Throwable cause) {
    String line = "%s:%d %s".formatted(address.host(), address.port(), words);
    if (line.equals(told)) {
      return;
    }
    told = line;
    if (cause == null) {
      LOG.info(line);
    } else {
      LOG.warn(line, cause);
    }
  }
}
