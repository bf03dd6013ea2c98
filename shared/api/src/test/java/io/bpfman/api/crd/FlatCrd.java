package io.bpfman.api.crd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A custom resource definition as one line for each field, in the form of the lists in
 * src/test/resources/crd. Descriptions and the texts of CEL messages are left out.
 */
final class FlatCrd {
  private static final List<String> PLAIN =
      List.of(
          "format",
          "enum",
          "default",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-preserve-unknown-fields",
          "nullable");

  private final List<String> lines = new ArrayList<>();

  private FlatCrd() {}

  static List<String> lines(String yaml) {
    FlatCrd flat = new FlatCrd();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      flat.definition(map(document));
    }
    return List.copyOf(flat.lines);
  }

  private void definition(Map<String, Object> root) {
    Map<String, Object> spec = map(root.get("spec"));
    Map<String, Object> names = map(spec.get("names"));
    lines.add(
        String.join(
            " ",
            text(map(root.get("metadata")).get("name")),
            text(spec.get("group")),
            text(spec.get("scope")),
            text(names.get("kind")),
            text(names.get("plural")),
            text(names.get("singular"))));
    list(spec.get("versions")).forEach(version -> version(map(version)));
  }

  private void version(Map<String, Object> version) {
    List<Object> subresources =
        List.copyOf(new TreeMap<>(map(version.get("subresources"))).keySet());
    lines.add(
        "%s served %s storage %s subresources %s"
            .formatted(
                version.get("name"),
                text(version.get("served")),
                text(version.get("storage")),
                text(subresources)));
    for (Object entry : list(version.get("additionalPrinterColumns"))) {
      Map<String, Object> column = map(entry);
      lines.add(
          "  COLUMN %s %s %s"
              .formatted(column.get("name"), column.get("jsonPath"), column.get("type")));
    }
    walk(map(map(version.get("schema")).get("openAPIV3Schema")), "", false);
  }

  private void walk(Map<String, Object> schema, String path, boolean required) {
    StringJoiner line = new StringJoiner(" ");
    line.add((path.isEmpty() ? "." : path) + (required ? " *REQ" : "") + ":");
    line.add(text(schema.getOrDefault("type", "")));
    PLAIN.stream()
        .filter(schema::containsKey)
        .forEach(key -> line.add(key + "=" + text(schema.get(key))));
    for (Object rule : list(schema.get("x-kubernetes-validations"))) {
      line.add("CEL[" + map(rule).get("rule") + "]");
    }
    lines.add(line.toString().stripTrailing());
    List<Object> needed = list(schema.get("required"));
    new TreeMap<>(map(schema.get("properties")))
        .forEach((name, inner) -> walk(map(inner), path + "." + name, needed.contains(name)));
    if (schema.get("additionalProperties") instanceof Map<?, ?> extra) {
      walk(map(extra), path + ".{}", false);
    }
    if (schema.containsKey("items")) {
      walk(map(schema.get("items")), path + "[]", false);
    }
  }

  /** The lists were printed by Python, so its spelling of values counts. */
  private static String text(Object value) {
    return switch (value) {
      case Boolean flag -> flag ? "True" : "False";
      case List<?> items ->
          items.stream()
              .map(item -> item instanceof String word ? "'" + word + "'" : text(item))
              .collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> typed = new TreeMap<>();
    if (value instanceof Map<?, ?> raw) {
      raw.forEach((key, inner) -> typed.put(key.toString(), inner));
    }
    return typed;
  }

  private static List<Object> list(Object value) {
    return value instanceof List<?> raw ? List.copyOf(raw) : List.of();
  }
}
