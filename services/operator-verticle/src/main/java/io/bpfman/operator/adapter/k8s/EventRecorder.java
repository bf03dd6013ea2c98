package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events about objects. One that cannot be written is logged; nothing depends on them. */
final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "bpfman-operator";

  /** Where Events about cluster-wide objects are kept, by client-go's convention. */
  private static final String NO_NAMESPACE = "default";

  /** Limit of an Event's message. */
  private static final int MAX_MESSAGE = 1024;

  private final KubernetesClient client;
  private final InstantSource clock;

  EventRecorder(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  void record(HasMetadata object, Condition condition) {
    Instant now = clock.instant();
    try {
      client.resource(event(object, condition, now)).create();
    } catch (KubernetesClientException e) {
      LOG.warn("an Event about {} was not written", object.getMetadata().getName(), e);
    }
  }

  private static Event event(HasMetadata object, Condition condition, Instant now) {
    String namespace =
        Objects.requireNonNullElse(object.getMetadata().getNamespace(), NO_NAMESPACE);
    String message = condition.getMessage();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("%s.%x".formatted(object.getMetadata().getName(), nanos))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(object.getApiVersion())
        .withKind(object.getKind())
        .withNamespace(object.getMetadata().getNamespace())
        .withName(object.getMetadata().getName())
        .withUid(object.getMetadata().getUid())
        .endInvolvedObject()
        .withReason(condition.getReason())
        .withMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
        .withType(condition.getType().equals(ApplicationConditions.SUCCESS) ? "Normal" : "Warning")
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }
}
