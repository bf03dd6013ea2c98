package io.bpfman.operator.adapter.k8s.tools;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events about objects. Blocking; thread-safe. */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "bpfman-operator";

  /** Where Kubernetes keeps Events of objects that have no namespace. */
  private static final String DEFAULT_NAMESPACE = "default";

  /** Limit of an Event's message. */
  private static final int MAX_MESSAGE = 1_024;

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Duration quiet;
  private final Map<Key, Instant> said = new ConcurrentHashMap<>();

  private record Key(String uid, Note note) {}

  /**
   * @param quiet how long what was said of an object is not said of it again; zero: say it again
   */
  public EventRecorder(KubernetesClient client, InstantSource clock, Duration quiet) {
    this.client = client;
    this.clock = clock;
    this.quiet = quiet;
  }

  /** A failure is logged and changes nothing: an Event is a help, not a duty. */
  public void record(HasMetadata about, Note note) {
    Instant now = clock.instant();
    if (isOld(new Key(about.getMetadata().getUid(), note), now)) {
      return;
    }
    try {
      client.resource(event(about, note, now)).create();
    } catch (KubernetesClientException e) {
      if (Thread.currentThread().isInterrupted()) {
        LOG.debug("stopped while an Event was written", e);
        return;
      }
      LOG.warn("the Event \"{}\" was not written: {}", note.message(), ApiWords.of(e));
    }
  }

  private boolean isOld(Key key, Instant now) {
    said.values().removeIf(when -> !when.plus(quiet).isAfter(now));
    return !quiet.isZero() && said.putIfAbsent(key, now) != null;
  }

  private static Event event(HasMetadata about, Note note, Instant now) {
    String namespace =
        Objects.requireNonNullElse(about.getMetadata().getNamespace(), DEFAULT_NAMESPACE);
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String message = note.message();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(about.getMetadata().getName() + ".")
        .withNamespace(namespace)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(about.getMetadata().getName())
        .withNamespace(about.getMetadata().getNamespace())
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withType(note.type())
        .withReason(note.reason())
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withReportingComponent(COMPONENT)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .build();
  }
}
