package io.bpfman.runtime.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.runtime.health.AccessCheck.Access;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.CertificateSource;
import io.bpfman.runtime.http.ServingCertificate;
import io.bpfman.runtime.http.TestCertificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.junit5.VertxExtension;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MetricsVerticleTest {
  private static final BindAddress ANY_PORT = new BindAddress("127.0.0.1", 0);
  private static final AccessCheck CHECK =
      (token, path) ->
          switch (token) {
            case "prometheus" -> Access.ALLOWED;
            case "stranger" -> Access.FORBIDDEN;
            case "broken" -> throw new IllegalStateException("no API server");
            default -> Access.UNAUTHENTICATED;
          };

  private final ProcessMetrics metrics = new ProcessMetrics();

  private record Answer(int status, String body) {}

  @AfterEach
  void close() {
    metrics.close();
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static MetricsVerticle deployed(
      Vertx vertx, MetricsSettings settings, Supplier<String> scrape) throws Exception {
    MetricsVerticle verticle = new MetricsVerticle(settings, scrape);
    result(vertx.deployVerticle(verticle));
    return verticle;
  }

  private static MetricsSettings secured() {
    ServingCertificate certificate = TestCertificates.named("metrics");
    CertificateSource source =
        new CertificateSource() {
          @Override
          public Optional<ServingCertificate> read() {
            return Optional.of(certificate);
          }

          @Override
          public String describe() {
            return "the test";
          }
        };
    return MetricsSettings.secured(ANY_PORT, source, CHECK);
  }

  private static Answer get(Vertx vertx, RequestOptions target, boolean tls) throws Exception {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setSsl(tls).setTrustAll(true).setVerifyHost(false));
    return result(
        client
            .request(target.setHost("127.0.0.1").setMethod(HttpMethod.GET))
            .compose(request -> request.send())
            .compose(r -> r.body().map(body -> new Answer(r.statusCode(), body.toString()))));
  }

  private Answer scrapeWith(Vertx vertx, Map<String, String> headers) throws Exception {
    int port = deployed(vertx, secured(), metrics::text).port();
    RequestOptions target = new RequestOptions().setPort(port).setURI("/metrics");
    headers.forEach(target::addHeader);
    return get(vertx, target, true);
  }

  @Test
  void theProcessAndTheServicesOwnCountersAreServed(Vertx vertx) throws Exception {
    metrics.registry().counter("bpfman.admission.reviews", "result", "refused").increment(3);
    int port = deployed(vertx, MetricsSettings.plain(ANY_PORT), metrics::text).port();
    Answer answer = get(vertx, new RequestOptions().setPort(port).setURI("/metrics"), false);
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("bpfman_admission_reviews_total{result=\"refused\"} 3.0"));
    assertTrue(answer.body().contains("jvm_memory_used_bytes{"));
    assertTrue(answer.body().contains("process_uptime_seconds"));
  }

  @Test
  void whoMayReadGetsTheMetrics(Vertx vertx) throws Exception {
    Answer answer = scrapeWith(vertx, Map.of("Authorization", "Bearer prometheus"));
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("jvm_threads_live_threads"));
  }

  @Test
  void othersAreToldWhatTheyLack(Vertx vertx) throws Exception {
    assertEquals(401, scrapeWith(vertx, Map.of()).status());
    assertEquals(401, scrapeWith(vertx, Map.of("Authorization", "Basic cHJvbQ==")).status());
    assertEquals(401, scrapeWith(vertx, Map.of("Authorization", "Bearer nobody")).status());
    Answer stranger = scrapeWith(vertx, Map.of("Authorization", "Bearer stranger"));
    assertEquals(403, stranger.status());
    assertEquals("needs the right to get the non-resource URL /metrics\n", stranger.body());
  }

  @Test
  void nobodyIsLetInWhenTheQuestionCannotBeAsked(Vertx vertx) throws Exception {
    assertEquals(503, scrapeWith(vertx, Map.of("Authorization", "Bearer broken")).status());
  }

  @Test
  void metricsThatCannotBeReadAre503AndOtherPaths404(Vertx vertx) throws Exception {
    Supplier<String> broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    int port = deployed(vertx, MetricsSettings.plain(ANY_PORT), broken).port();
    assertEquals(
        503, get(vertx, new RequestOptions().setPort(port).setURI("/metrics"), false).status());
    assertEquals(404, get(vertx, new RequestOptions().setPort(port).setURI("/"), false).status());
  }
}
