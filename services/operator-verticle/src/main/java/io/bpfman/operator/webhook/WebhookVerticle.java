package io.bpfman.operator.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bpfman.api.manifest.FieldProblem;
import io.bpfman.operator.webhook.core.Admission;
import io.bpfman.operator.webhook.core.MalformedReviewException;
import io.bpfman.operator.webhook.core.Review;
import io.bpfman.operator.webhook.core.ReviewAnswer;
import io.bpfman.runtime.http.BodyLimits;
import io.bpfman.runtime.http.BodyRoom;
import io.bpfman.runtime.http.BoundedBody;
import io.bpfman.runtime.http.HttpAnswers;
import io.bpfman.runtime.http.HttpsListener;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the API server's admission reviews over HTTPS. Keeps no state and has no effects, so
 * every replica serves, and dry runs are like any other. Listens as soon as there is a certificate.
 */
public final class WebhookVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookVerticle.class);
  private static final String COUNTER = "bpfman.admission.reviews";

  /**
   * Four of the largest bodies at once. The API server sends a body in milliseconds and gives up
   * after 5 s; at most 30 s, if somebody configures it so.
   */
  static final BodyLimits USUAL =
      new BodyLimits(WebhookSettings.MAX_BODY, 4 * WebhookSettings.MAX_BODY, Duration.ofSeconds(5));

  /** Bytes; a larger body may take tens of times its size while it is judged. */
  private static final int LARGE = 64 << 10;

  private final WebhookSettings settings;
  private final BodyLimits limits;
  private volatile @Nullable HttpsListener listener;

  /**
   * Answer to one request.
   *
   * @param result for the counter: allowed, refused or malformed
   */
  private record Answer(int status, String result, byte[] body) {}

  public WebhookVerticle(WebhookSettings settings) {
    this(settings, USUAL);
  }

  WebhookVerticle(WebhookSettings settings, BodyLimits limits) {
    this.settings = settings;
    this.limits = limits;
  }

  /** As {@link HttpsListener#start}. */
  @Override
  public Future<?> start() {
    BodyRoom room = new BodyRoom(vertx, limits);
    listener =
        new HttpsListener(
            vertx, settings.address(), settings.certificates(), request -> receive(request, room));
    return listener.start(settings.refresh());
  }

  @Override
  public Future<?> stop() {
    HttpsListener started = listener;
    return started == null ? Future.succeededFuture() : started.close();
  }

  /** The port that it listens on; 0 before. Also called from other threads. */
  public int port() {
    HttpsListener started = listener;
    return started == null ? 0 : started.port();
  }

  private void receive(HttpServerRequest request, BodyRoom room) {
    if (!HttpAnswers.isPost(request, WebhookSettings.PATH, " with an AdmissionReview")) {
      return;
    }
    if (isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      room.receive(request, body -> judge(request, body));
    } else {
      HttpAnswers.text(request, 400, "the content type must be application/json");
    }
  }

  private static boolean isJson(@Nullable String type) {
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  /** Large bodies one after another, small ones beside them. */
  private void judge(HttpServerRequest request, BoundedBody body) {
    vertx
        .executeBlocking(() -> answer(body.bytes()), body.size() > LARGE)
        .onComplete(_ -> body.release())
        .onSuccess(answer -> send(request, answer))
        .onFailure(
            thrown -> {
              LOG.error("an admission review could not be answered", thrown);
              HttpAnswers.text(
                  request, 500, "the review failed inside bpfman-operator; its log says why");
            });
  }

  private Answer answer(byte[] body) {
    Answer answer;
    String kind = "other";
    try {
      Review review = Review.read(body);
      kind = Admission.knownKind(review);
      List<FieldProblem> problems = Admission.problems(review);
      answer =
          new Answer(
              200,
              problems.isEmpty() ? "allowed" : "refused",
              ReviewAnswer.of(review.request(), problems));
    } catch (MalformedReviewException e) {
      answer = new Answer(400, "malformed", (e.getMessage() + "\n").getBytes(UTF_8));
    }
    settings.metrics().counter(COUNTER, "kind", kind, "result", answer.result()).increment();
    return answer;
  }

  private static void send(HttpServerRequest request, Answer answer) {
    if (request.response().closed()) {
      return;
    }
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader(
            HttpHeaders.CONTENT_TYPE, answer.status() == 200 ? "application/json" : "text/plain")
        .end(Buffer.buffer(answer.body()));
  }
}
