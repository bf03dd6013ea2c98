package io.bpfman.operator.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.webhook.core.Keyring;
import io.bpfman.operator.webhook.core.KeyringPem;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.runtime.http.BindAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(VertxExtension.class)
class WebhookVerticleTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private WebhookVerticle webhook;
  private HttpClient client;

  private record Answer(int status, String body) {}

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    Keyring ring =
        Rotation.of(List.of("localhost"))
            .begin(new BouncyCastleMaker(), InstantSource.system().instant());
    webhook =
        new WebhookVerticle(
            new WebhookSettings(
                new BindAddress("127.0.0.1", 0),
                new FixedCertificate(ring),
                Duration.ofSeconds(10),
                metrics));
    result(vertx.deployVerticle(webhook));
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(KeyringPem.bundle(ring)))));
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private RequestOptions target() {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost("localhost")
        .setPort(webhook.port())
        .setURI(WebhookSettings.PATH + "?timeout=5s")
        .addHeader("Content-Type", "application/json");
  }

  private Future<Answer> send(RequestOptions target, byte[] body) {
    return client
        .request(target)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(r -> r.body().map(b -> new Answer(r.statusCode(), b.toString())));
  }

  private Answer answer(RequestOptions target, byte[] body) throws Exception {
    return result(send(target, body));
  }

  @Test
  void aGoodObjectIsAllowed() throws Exception {
    Answer answer = answer(target(), Reviews.create(Reviews.application()));
    assertEquals(200, answer.status());
    JsonNode review = Reviews.JSON.readTree(answer.body());
    assertEquals("admission.k8s.io/v1", review.get("apiVersion").asString());
    assertEquals("AdmissionReview", review.get("kind").asString());
    assertEquals("705ab4f5", review.at("/response/uid").asString());
    assertTrue(review.at("/response/allowed").asBoolean());
    assertTrue(review.at("/request").isMissingNode());
  }

  @Test
  void aBadObjectIsRefusedWithFieldReasonAndWords() throws Exception {
    Answer answer = answer(target(), Reviews.create(Reviews.badApplication()));
    JsonNode response = Reviews.JSON.readTree(answer.body()).get("response");
    assertFalse(response.get("allowed").asBoolean());
    JsonNode status = response.get("status");
    assertEquals(422, status.get("code").asInt());
    assertEquals("Invalid", status.get("reason").asString());
    assertEquals("BpfApplication", status.at("/details/kind").asString());
    assertEquals("app", status.at("/details/name").asString());
    JsonNode second = status.at("/details/causes/1");
    assertEquals("spec.programs[1].name", second.get("field").asString());
    assertEquals("FieldValueDuplicate", second.get("reason").asString());
    assertEquals(
        "spec.byteCode.image.url: \"quay.io/A/b\" is no image reference: \"A\" is no part of a"
            + " repository: lower-case letters and digits, between them one '.', one or two '_' or"
            + " any number of '-'; spec.programs[1].name: \"counter\" is already the name of"
            + " spec.programs[0]",
        status.get("message").asString());
  }

  @Test
  void malformedRequestsAreAnsweredWithASentence() throws Exception {
    Answer nonsense = answer(target(), "{".getBytes());
    assertEquals(400, nonsense.status());
    assertTrue(
        nonsense.body().startsWith("the body is no JSON of an AdmissionReview: "), nonsense.body());
    assertEquals(400, answer(target(), new byte[0]).status());
    Answer untyped = answer(target().putHeader("Content-Type", "text/xml"), new byte[0]);
    assertEquals("the content type must be application/json\n", untyped.body());
    assertEquals(405, answer(target().setMethod(HttpMethod.PUT), new byte[0]).status());
    assertEquals(404, answer(target().setURI("/"), new byte[0]).status());
    assertEquals(
        2,
        metrics
            .counter("bpfman.admission.reviews", "kind", "other", "result", "malformed")
            .count());
  }

  @Test
  void bodiesOverTheLimitAreRefusedAnnouncedOrNot() throws Exception {
    byte[] large = new byte[WebhookSettings.MAX_BODY + 1];
    assertEquals(413, answer(target(), large).status());
    Future<Integer> chunked =
        client
            .request(target())
            .compose(
                request -> {
                  request.setChunked(true);
                  request.write(Buffer.buffer(large));
                  return request.response();
                })
            .map(response -> response.statusCode());
    assertEquals(413, result(chunked));
  }

  @Test
  void objectsAsLargeAsKubernetesStoresThemAreReviewed() throws Exception {
    var large = Reviews.application();
    large
        .putObject("metadata")
        .put("name", "app")
        .put("namespace", "blue")
        .putObject("annotations")
        .put("a", "x".repeat(1_500_000));
    Answer answer = answer(target(), Reviews.update(large, large));
    assertTrue(Reviews.JSON.readTree(answer.body()).at("/response/allowed").asBoolean());
  }

  @Test
  void manyAtOnceGetTheirOwnAnswers() throws Exception {
    byte[] good = Reviews.create(Reviews.application());
    byte[] bad = Reviews.create(Reviews.badApplication());
    List<Future<Boolean>> answers =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    send(target(), i % 2 == 0 ? good : bad)
                        .map(a -> a.body().contains("\"allowed\":true")))
            .toList();
    result(Future.all(answers));
    List<Boolean> wanted = Stream.iterate(true, last -> !last).limit(200).toList();
    assertEquals(wanted, answers.stream().map(Future::result).toList());
    assertEquals(
        100,
        metrics
            .counter("bpfman.admission.reviews", "kind", "BpfApplication", "result", "refused")
            .count());
  }

  @Test
  void aRequestUnderWayIsAnsweredWhileTheVerticleStops(Vertx vertx) throws Exception {
    var request = result(client.request(target()));
    byte[] body = Reviews.create(Reviews.application());
    request.putHeader("Content-Length", String.valueOf(body.length));
    result(request.write(Buffer.buffer(body).slice(0, 10)));
    Future<Void> stopped = vertx.undeploy(webhook.deploymentID());
    var response = request.response();
    request.end(Buffer.buffer(body).slice(10, body.length));
    assertEquals(200, result(response).statusCode());
    result(stopped);
  }
}
