package io.bpfman.runtime.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HttpsListenerTest {
  private static final Duration REFRESH = Duration.ofMillis(20);

  private static final class Source implements CertificateSource {
    final AtomicReference<Supplier<Optional<ServingCertificate>>> content;

    Source(Supplier<Optional<ServingCertificate>> content) {
      this.content = new AtomicReference<>(content);
    }

    @Override
    public Optional<ServingCertificate> read() {
      return content.get().get();
    }

    @Override
    public String describe() {
      return "the test";
    }
  }

  private static final class Server extends VerticleBase {
    private final BindAddress address;
    private final CertificateSource source;
    private HttpsListener listener;

    Server(int port, CertificateSource source) {
      this.address = new BindAddress("127.0.0.1", port);
      this.source = source;
    }

    @Override
    public Future<?> start() {
      listener =
          new HttpsListener(
              vertx, address, source, request -> HttpAnswers.text(request, 200, "hello"));
      return listener.start(REFRESH);
    }

    @Override
    public Future<?> stop() {
      return listener.close();
    }
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Server deployed(Vertx vertx, CertificateSource source) throws Exception {
    Server server = new Server(0, source);
    result(vertx.deployVerticle(server));
    return server;
  }

  private static Optional<ServingCertificate> good(String name) {
    return Optional.of(TestCertificates.named(name));
  }

  /** On a new connection. */
  private static String shownBy(Vertx vertx, Server server) throws Exception {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
    HttpClientRequest request =
        result(client.request(HttpMethod.GET, server.listener.port(), "127.0.0.1", "/"));
    X509Certificate shown =
        (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
    assertEquals(200, result(request.send()).statusCode());
    result(client.close());
    return shown.getSubjectX500Principal().getName();
  }

  @Test
  void aNewCertificateIsShownToNewConnections(Vertx vertx) throws Exception {
    Optional<ServingCertificate> first = good("first");
    Source source = new Source(() -> first);
    Server server = deployed(vertx, source);
    assertEquals("CN=first", shownBy(vertx, server));
    Optional<ServingCertificate> second = good("second");
    source.content.set(() -> second);
    await().until(() -> shownBy(vertx, server), "CN=second"::equals);
  }

  @Test
  void itListensAsSoonAsThereIsACertificate(Vertx vertx) throws Exception {
    Source source = new Source(Optional::empty);
    Server server = deployed(vertx, source);
    assertEquals(0, server.listener.port());
    Optional<ServingCertificate> late = good("late");
    source.content.set(() -> late);
    await().until(() -> server.listener.port() > 0);
    assertEquals("CN=late", shownBy(vertx, server));
  }

  @Test
  void whatCannotBeReadOrUsedLeavesTheOldOneInPlace(Vertx vertx) throws Exception {
    Optional<ServingCertificate> first = good("first");
    Source source = new Source(() -> first);
    Server server = deployed(vertx, source);
    AtomicReference<Integer> reads = new AtomicReference<>(0);
    source.content.set(
        () -> {
          int read = reads.updateAndGet(n -> n + 1);
          if (read % 2 == 0) {
            throw new IllegalStateException("tls.key belongs to another certificate");
          }
          return Optional.of(new ServingCertificate(first.get().chain(), "nonsense"));
        });
    await().until(() -> reads.get() > 4);
    assertEquals("CN=first", shownBy(vertx, server));
    Optional<ServingCertificate> second = good("second");
    source.content.set(() -> second);
    await().until(() -> shownBy(vertx, server), "CN=second"::equals);
  }

  @Test
  void aBadCertificateStopsTheStart(Vertx vertx) {
    Source source =
        new Source(
            () -> {
              throw new IllegalStateException("no certificate in it");
            });
    Exception thrown = assertThrows(Exception.class, () -> deployed(vertx, source));
    assertTrue(thrown.getMessage().contains("no certificate in it"), thrown.getMessage());
  }

  @Test
  void aTakenPortStopsTheStart(Vertx vertx) throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Optional<ServingCertificate> certificate = good("first");
      Server server = new Server(taken.getLocalPort(), new Source(() -> certificate));
      Exception thrown = assertThrows(Exception.class, () -> result(vertx.deployVerticle(server)));
      assertTrue(thrown.getMessage().contains("Address already in use"), thrown.getMessage());
    }
  }

  @Test
  void keysAreNotPrinted() {
    ServingCertificate certificate = TestCertificates.named("secret");
    assertFalse(certificate.toString().contains("PRIVATE"), certificate.toString());
  }
}
