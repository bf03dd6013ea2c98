package io.bpfman.operator.adapter.k8s;

import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.operator.core.ManagedApplication;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last spec of an application that could be used, in an annotation for as long as the newest
 * one cannot: the next leader finds it there. Whoever may write the annotation may write the spec;
 * what is read from it is to be validated like one.
 */
final class LastUsableSpec {
  static final String ANNOTATION = "bpfman.io/last-usable-spec";

  private static final Logger LOG = LoggerFactory.getLogger(LastUsableSpec.class);

  /** API servers take 262,144 bytes for all annotations of an object; others have some, too. */
  private static final int LIMIT = 200_000;

  private final KubernetesSerialization json;

  /** A spec and the generation that had it. */
  record Kept(long generation, ApplicationSpec spec) {}

  /** The annotation's JSON. */
  private record Content(String uid, long generation, ApplicationSpec spec) {}

  LastUsableSpec(KubernetesSerialization json) {
    this.json = json;
  }

  /** Leaves this annotation of all, as the only thing that is read from them. */
  static void trim(ApplicationResource object) {
    String text = textOf(object);
    object.getMetadata().setAnnotations(text.isEmpty() ? null : Map.of(ANNOTATION, text));
  }

  /** As it is on the object; empty for none. */
  static String textOf(ApplicationResource object) {
    return Objects.requireNonNullElse(
            object.getMetadata().getAnnotations(), Map.<String, String>of())
        .getOrDefault(ANNOTATION, "");
  }

  /** As it should be on the application's object; empty for none. */
  String textFor(ManagedApplication application) {
    if (application.refusal().isEmpty() || !application.usable()) {
      return "";
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("uid", application.resource().getMetadata().getUid());
    content.put("generation", application.usableGeneration());
    content.put("spec", application.resource().getSpec());
    String text = json.asJson(content);
    if (text.length() > LIMIT) {
      LOG.warn(
          "the last usable spec of {} is too long to be kept ({} characters of at most {}): another"
              + " leader would not know it; correct the refused one",
          application.key().text(),
          text.length(),
          LIMIT);
      return "";
    }
    return text;
  }

  /** Empty when there is none, when it was copied from another object, or is none. */
  Optional<Kept> of(ApplicationResource object) {
    String text = textOf(object);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Content content = json.unmarshal(text, Content.class);
      return object.getMetadata().getUid().equals(content.uid())
          ? Optional.of(new Kept(content.generation(), Objects.requireNonNull(content.spec())))
          : Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn(
          "annotation {} of {} is not used: {}",
          ANNOTATION,
          object.getMetadata().getName(),
          e.getMessage());
      return Optional.empty();
    }
  }
}
