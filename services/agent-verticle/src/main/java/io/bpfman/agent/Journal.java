package io.bpfman.agent;

import com.google.protobuf.Timestamp;
import io.bpfman.proto.bus.v1.Event;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened, to the log and to everybody on the bus. */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private static final String KIND_PREFIX = "KIND_";

  private final String node;
  private final Consumer<Event> publisher;
  private final InstantSource clock;

  Journal(String node, Consumer<Event> publisher, InstantSource clock) {
    this.node = node;
    this.publisher = publisher;
    this.clock = clock;
  }

  void tell(Event.Kind kind, String application, String message) {
    String what = kind.name().substring(KIND_PREFIX.length()).toLowerCase(Locale.ROOT);
    LOG.info("{}{}: {}", what, application.isEmpty() ? "" : " " + application, message);
    publisher.accept(
        Event.newBuilder()
            .setKind(kind)
            .setAt(now())
            .setNode(node)
            .setApplication(application)
            .setMessage(message)
            .build());
  }

  Timestamp now() {
    Instant now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}
