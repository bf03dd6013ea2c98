package io.bpfman.runtime.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.runtime.http.BindAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HealthVerticleTest {
  private static final BindAddress ANY_PORT = new BindAddress("127.0.0.1", 0);

  private final List<String> missing = new CopyOnWriteArrayList<>(List.of("leader election"));

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static HealthVerticle deployed(Vertx vertx, Readiness readiness) throws Exception {
    HealthVerticle verticle = new HealthVerticle(ANY_PORT, readiness);
    result(vertx.deployVerticle(verticle));
    return verticle;
  }

  private static HttpResponse<String> call(String method, int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void readinessFollowsWhatIsMissing(Vertx vertx) throws Exception {
    int port = deployed(vertx, () -> missing).port();
    HttpResponse<String> before = call("GET", port, "/readyz");
    assertEquals(503, before.statusCode());
    assertEquals("not ready, waits for: leader election\n", before.body());
    assertEquals(200, call("GET", port, "/healthz").statusCode());
    missing.clear();
    assertEquals(200, call("GET", port, "/readyz").statusCode());
    assertEquals(200, call("HEAD", port, "/readyz?verbose").statusCode());
  }

  @Test
  void aFailingQuestionMeansNotReady(Vertx vertx) throws Exception {
    Readiness broken =
        () -> {
          throw new IllegalStateException("broken");
        };
    int port = deployed(vertx, broken).port();
    assertEquals(503, call("GET", port, "/readyz").statusCode());
    assertEquals(200, call("GET", port, "/healthz").statusCode());
  }

  @Test
  void otherPathsAndMethodsAreRefused(Vertx vertx) throws Exception {
    int port = deployed(vertx, List::of).port();
    assertEquals(404, call("GET", port, "/").statusCode());
    HttpResponse<String> posted = call("POST", port, "/healthz");
    assertEquals(405, posted.statusCode());
    assertEquals("GET, HEAD", posted.headers().firstValue("Allow").orElseThrow());
  }

  @Test
  void undeployingClosesThePort(Vertx vertx) throws Exception {
    HealthVerticle verticle = new HealthVerticle(ANY_PORT, List::of);
    String id = result(vertx.deployVerticle(verticle));
    int port = verticle.port();
    result(vertx.undeploy(id));
    assertThrows(ConnectException.class, () -> call("GET", port, "/healthz"));
  }

  @Test
  void aTakenPortStopsTheStart(Vertx vertx) throws Exception {
    int taken = deployed(vertx, List::of).port();
    HealthVerticle second = new HealthVerticle(new BindAddress("127.0.0.1", taken), List::of);
    Vertx other = Vertx.vertx();
    try {
      Exception thrown = assertThrows(Exception.class, () -> result(other.deployVerticle(second)));
      assertTrue(thrown.getMessage().contains("Address already in use"), thrown.getMessage());
    } finally {
      result(other.close());
    }
  }
}
