package io.bpfman.loader.bridge;

import io.bpfman.contract.Loader;
import io.bpfman.contract.LoaderWatch;
import io.bpfman.contract.wire.WatchTexts;
import io.bpfman.model.Backoff;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the daemon as long as it runs and tells the bus; watches again after a loss. Used on one
 * event loop.
 */
final class EventRelay {
  private static final Logger LOG = LoggerFactory.getLogger(EventRelay.class);
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private final Vertx vertx;
  private final String node;
  private final Loader daemon;
  private final Consumer<Event> publisher;
  private @Nullable LoaderWatch watch;
  private int failures;
  private boolean stopped;

  EventRelay(Vertx vertx, String node, Loader daemon, Consumer<Event> publisher) {
    this.vertx = vertx;
    this.node = node;
    this.daemon = daemon;
    this.publisher = publisher;
  }

  void start() {
    if (!stopped) {
      LoaderWatch begun = daemon.watch(WatchRequest.getDefaultInstance(), this::tell);
      watch = begun;
      begun.end().onFailure(this::lost);
    }
  }

  Future<Void> stop() {
    stopped = true;
    return watch == null ? Future.succeededFuture() : watch.close();
  }

  private void tell(WatchEvent event) {
    if (event.getKind() == WatchKind.WATCH_KIND_WATCHING) {
      LOG.info("watching the daemon");
      failures = 0;
    }
    publisher.accept(
        Event.newBuilder()
            .setKind(Event.Kind.KIND_LOADER)
            .setAt(event.getAt())
            .setNode(node)
            .setApplication(WatchTexts.metadata(event).getOrDefault(MetadataKeys.APPLICATION, ""))
            .setMessage(WatchTexts.sentence(event))
            .setLoader(event)
            .build());
  }

  /**
   * Another server of bpfman.v1 may be replaced by one that can be watched, so it is asked again.
   */
  private void lost(Throwable thrown) {
    Failure failure = Failure.of(thrown);
    if (failures == 0) {
      LOG.warn("the daemon is not watched: {}", failure.describe());
    }
    failures++;
    Duration delay =
        failure.code() == FailureCode.UNIMPLEMENTED
            ? RETRY.limit()
            : RETRY.delay(failures, ThreadLocalRandom.current());
    vertx.setTimer(Math.max(1, delay.toMillis()), later -> start());
  }
}
