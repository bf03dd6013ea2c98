package io.bpfman.api.manifest;

import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of manifests for an object that an API server has checked against the schema. Fields
 * that this version does not know are no problem: the server may be newer. Pure, thread-safe.
 */
public final class ObjectValidator {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ObjectValidator() {}

  /** Kinds that have rules. */
  public static List<String> kinds() {
    return ManifestKind.OF_A_CLUSTER.stream().map(ManifestKind::name).toList();
  }

  /**
   * Broken rules in field order; empty for a good object.
   *
   * @param kind one of {@link #kinds}
   * @throws IllegalArgumentException for another kind
   */
  public static List<FieldProblem> validate(String kind, JsonNode object) {
    ManifestKind<?> known =
        find(kind).orElseThrow(() -> new IllegalArgumentException("no rules for kind " + kind));
    return object.path("spec").isObject()
        ? validate(known, object)
        : List.of(new FieldProblem("spec", "is required", FieldReason.REQUIRED));
  }

  private static Optional<ManifestKind<?>> find(String kind) {
    return ManifestKind.OF_A_CLUSTER.stream().filter(k -> k.name().equals(kind)).findFirst();
  }

  private static <T extends CustomResource<?, ?>> List<FieldProblem> validate(
      ManifestKind<T> kind, JsonNode object) {
    try {
      return kind.rules().apply(MAPPER.treeToValue(object, kind.type()));
    } catch (DatabindException e) {
      return List.of(new FieldProblem(path(e), "cannot be read: " + e.getOriginalMessage()));
    }
  }

  /** As in the rules' own problems: {@code spec.programs[0].name}. */
  private static String path(DatabindException e) {
    return e.getPath().stream()
        .map(ObjectValidator::step)
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String step(JacksonException.Reference reference) {
    return reference.getPropertyName() == null
        ? "[" + reference.getIndex() + "]"
        : "." + reference.getPropertyName();
  }
}
