package io.bpfman.operator.pki;

import io.bpfman.operator.pki.core.Attempts;
import io.bpfman.runtime.http.BodyLimits;
import io.bpfman.runtime.http.BodyRoom;
import io.bpfman.runtime.http.BoundedBody;
import io.bpfman.runtime.http.HttpAnswers;
import io.bpfman.runtime.http.HttpsListener;
import io.bpfman.runtime.pki.EnrolmentRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives nodes certificates, over HTTPS: for a token, or for a certificate that still holds. Every
 * replica does. Bounds what one address, one body and all requests together may take.
 */
public final class EnrolmentVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EnrolmentVerticle.class);

  /** Each waits for the API server; a thousand nodes come again with their next try. */
  private static final int AT_ONCE = 64;

  private static final BodyLimits BODIES =
      new BodyLimits(
          EnrolmentRequest.MAX_BYTES, AT_ONCE * EnrolmentRequest.MAX_BYTES, Duration.ofSeconds(5));

  private final EnrolmentSettings settings;
  private final EnrolmentDesk desk;
  private final Attempts attempts;
  private int underWay;
  private volatile @Nullable HttpsListener listener;

  public EnrolmentVerticle(EnrolmentSettings settings) {
    this.settings = settings;
    this.desk = new EnrolmentDesk(settings.keeper(), settings.tokens());
    this.attempts = new Attempts(settings.times().attempts(), settings.times().interval());
  }

  /** As {@link HttpsListener#start}. */
  @Override
  public Future<?> start() {
    BodyRoom room = new BodyRoom(vertx, BODIES);
    listener =
        new HttpsListener(
            vertx, settings.address(), settings.server(), request -> receive(request, room));
    return listener.start(settings.times().refresh());
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
    if (!HttpAnswers.isPost(request, EnrolmentRequest.PATH, "")) {
      return;
    }
    if (!attempts.take(SourceAddress.of(request), settings.times().steady().instant())) {
      later(request, 429, "too many attempts from this address");
    } else {
      room.receive(request, body -> decide(request, body));
    }
  }

  private void later(HttpServerRequest request, int status, String why) {
    long seconds = Math.max(1, settings.times().interval().toSeconds());
    request.response().putHeader("Retry-After", Long.toString(seconds));
    HttpAnswers.text(request, status, "%s; try again in %d s".formatted(why, seconds));
  }

  private void decide(HttpServerRequest request, BoundedBody body) {
    Applicant applicant = Applicant.of(request);
    byte[] bytes = body.bytes();
    body.release();
    if (underWay >= AT_ONCE) {
      busy(request, "%d nodes are enrolling at once".formatted(AT_ONCE));
      return;
    }
    underWay++;
    vertx
        .executeBlocking(() -> desk.decide(applicant, bytes), false)
        .onComplete(_ -> underWay--)
        .onSuccess(decision -> answer(request, decision))
        .onFailure(
            thrown -> {
              LOG.error("a node at {} could not be enrolled", applicant.address(), thrown);
              busy(request, "the operator cannot decide now, its log says why");
            });
  }

  /** Not the sender's fault, so its attempt does not count. */
  private void busy(HttpServerRequest request, String why) {
    giveBack(request);
    later(request, 503, why);
  }

  private void giveBack(HttpServerRequest request) {
    attempts.giveBack(SourceAddress.of(request), settings.times().steady().instant());
  }

  private void answer(HttpServerRequest request, EnrolmentDesk.Decision decision) {
    if (decision.body() == null) {
      LOG.warn("a node at {} is not enrolled: {}", SourceAddress.of(request), decision.reason());
      HttpAnswers.text(request, decision.status(), decision.reason());
      return;
    }
    giveBack(request);
    LOG.info("a node at {}: {}", SourceAddress.of(request), decision.reason());
    if (!request.response().closed()) {
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .end(decision.body());
    }
  }
}
