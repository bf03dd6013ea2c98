package io.bpfman.operator.adapter.k8s.install;

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

/** Writes Events about one object. What was said is not said again for ten minutes. Blocking. */
final class EventWriter {
  static final String NORMAL = "Normal";
  static final String WARNING = "Warning";

  private static final Logger LOG = LoggerFactory.getLogger(EventWriter.class);
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int MAX_MESSAGE = 1_024;

  /** Where Kubernetes keeps Events of objects that have no namespace. */
  private static final String DEFAULT_NAMESPACE = "default";

  private final KubernetesClient client;
  private final InstantSource clock;
  private final Map<Key, Instant> said = new ConcurrentHashMap<>();

  /** One thing to tell; {@code type} is Normal or Warning. */
  record Said(String type, String reason, String message) {}

  private record Key(String uid, Said event) {}

  EventWriter(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /** A failure is logged and changes nothing: an Event is a help, not a duty. */
  void tell(HasMetadata about, Said event) {
    Instant now = clock.instant();
    said.values().removeIf(when -> when.plus(QUIET).isBefore(now));
    if (said.putIfAbsent(new Key(about.getMetadata().getUid(), event), now) != null) {
      return;
    }
    try {
      client.resource(event(about, event, now)).create();
    } catch (KubernetesClientException e) {
      if (Thread.currentThread().isInterrupted()) {
        LOG.debug("stopped while an Event was written", e);
        return;
      }
      LOG.warn("the Event \"{}\" was not written: {}", event.message(), ApiErrors.words(e));
    }
  }

  private static io.fabric8.kubernetes.api.model.Event event(
      HasMetadata about, Said event, Instant now) {
    String namespace =
        Objects.requireNonNullElse(about.getMetadata().getNamespace(), DEFAULT_NAMESPACE);
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    String message = event.message();
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
        .withType(event.type())
        .withReason(event.reason())
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withReportingComponent(ObjectApplier.FIELD_MANAGER)
        .withNewSource()
        .withComponent(ObjectApplier.FIELD_MANAGER)
        .endSource()
        .build();
  }
}
