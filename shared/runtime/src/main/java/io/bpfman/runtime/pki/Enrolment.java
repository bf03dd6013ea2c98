package io.bpfman.runtime.pki;

import io.bpfman.model.Backoff;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's certificate fresh: enrols when there is none, renews at two thirds of its life and
 * a little more at random, and tries again for as long as it takes. Nothing waits for it; what is
 * on disk stays there until something better has come. By turns it shows the certificate and the
 * token, where it has both, so that neither a lost authority nor a token that has gone ends it.
 */
public final class Enrolment extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

  /** Part of the last third of a life over which nodes spread their renewals. */
  private static final double SPREAD = 0.25;

  private final EnrolmentSettings settings;
  private final Consumer<CertificateSet> listener;
  private final Backoff backoff;
  private final double jitter = ThreadLocalRandom.current().nextDouble(SPREAD);
  private final Credentials credentials;
  private @Nullable CertificateSet told;
  private String complaint = "";
  private int failures;
  private boolean stopped;
  private long timer = -1;

  /**
   * @param listener called on this verticle's event loop with what is on disk at the start, and
   *     with whatever is there later, whoever has written it
   */
  public Enrolment(EnrolmentSettings settings, Consumer<CertificateSet> listener) {
    this.settings = settings;
    this.listener = listener;
    this.credentials = new Credentials(settings);
    EnrolmentSettings.Times times = settings.times();
    this.backoff = new Backoff(times.firstDelay(), times.lastDelay());
  }

  /** Succeeds at once; the first look has not ended then. */
  @Override
  public Future<?> start() {
    step();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  private void step() {
    vertx
        .executeBlocking(this::look)
        .compose(found -> found.map(this::tell).orElseGet(this::enrol))
        .onComplete(
            result -> {
              if (result.succeeded()) {
                failures = 0;
                complaint = "";
                again(settings.times().check());
              } else {
                failures++;
                complain(result.cause());
                again(backoff.delay(failures, ThreadLocalRandom.current()));
              }
            });
  }

  private void again(Duration delay) {
    if (!stopped) {
      timer = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> step());
    }
  }

  /** What is on disk, when that is good for some time yet. Blocks. */
  private Optional<CertificateSet> look() {
    Instant now = settings.times().clock().instant();
    return credentials.present().filter(set -> now.isBefore(due(set)));
  }

  private Instant due(CertificateSet set) {
    Duration rest = Duration.between(set.renewal(), set.own().getNotAfter().toInstant());
    return set.renewal().plusMillis((long) (rest.toMillis() * jitter));
  }

  private Future<Void> enrol() {
    CertificateSet old = credentials.last();
    if (old != null) {
      tell(old);
    }
    return vertx
        .executeBlocking(credentials::choose)
        .compose(this::ask)
        .onFailure(_ -> credentials.refused())
        .compose(
            set -> {
              LOG.info("{} has {}", settings.node(), set);
              return tell(set);
            });
  }

  private Future<CertificateSet> ask(Credentials.Choice choice) {
    return new EnrolmentCall(vertx, settings.server())
        .send(choice)
        .compose(answer -> vertx.executeBlocking(() -> credentials.keep(answer, choice.pair())));
  }

  private Future<Void> tell(CertificateSet set) {
    if (!set.equals(told) && !stopped) {
      told = set;
      listener.accept(set);
    }
    return Future.succeededFuture();
  }

  /** Once for each cause. */
  private void complain(Throwable thrown) {
    String words = String.valueOf(thrown.getMessage());
    if (!words.equals(complaint)) {
      complaint = words;
      LOG.warn("{} gets no new certificate: {}; trying again", settings.node(), words, thrown);
    }
  }
}
