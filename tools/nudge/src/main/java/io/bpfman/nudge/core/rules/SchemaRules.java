package io.bpfman.nudge.core.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.bpfman.nudge.core.BundleRule;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * Structural schemas (apiextensions-apiserver, pkg/apiserver/schema): each node has a type, forms
 * that would hide fields are absent, and defaults stand where they can be applied.
 */
final class SchemaRules {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final String ANY_FIELDS = "x-kubernetes-preserve-unknown-fields";
  private static final List<String> FORBIDDEN =
      List.of("$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id");
  private static final List<String> COMBINATIONS = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> VALUE_ONLY =
      List.of("type", "default", "description", "nullable", "additionalProperties", ANY_FIELDS);

  private final Findings findings;

  SchemaRules(Findings findings) {
    this.findings = findings;
  }

  void root(YamlValue schema) {
    node(schema);
    schema.get("properties", "metadata").ifPresent(this::metadata);
  }

  /** The API server has a schema of its own for it. */
  private void metadata(YamlValue metadata) {
    boolean bare =
        metadata.fields("properties").keySet().stream()
            .allMatch(Set.of("name", "generateName")::contains);
    schema(bare, metadata, "restricts more of metadata than name; remove its other properties");
    defaults(metadata);
  }

  private void defaults(YamlValue node) {
    node.fields()
        .forEach(
            (key, value) -> {
              if (key.equals("default")) {
                findings.add(
                    BundleRule.CRD_DEFAULT,
                    value.place(),
                    "is a default inside of metadata, where none is allowed; remove it");
              }
              defaults(value);
            });
  }

  private void node(YamlValue node) {
    type(node);
    forbidden(node);
    pattern(node);
    node.get("default").ifPresent(value -> defaultOf(node, value));
    node.fields("properties").values().forEach(this::node);
    node.get("items").ifPresent(this::node);
    node.get("additionalProperties").filter(YamlValue::isObject).ifPresent(this::node);
    for (String way : COMBINATIONS) {
      node.items(way).forEach(inner -> value(inner, intOrString(node)));
    }
    node.get("not").ifPresent(inner -> value(inner, false));
  }

  private static boolean intOrString(YamlValue node) {
    return node.text(INT_OR_STRING).equals("true");
  }

  private void type(YamlValue node) {
    String type = node.text("type");
    boolean free = intOrString(node) || node.text(ANY_FIELDS).equals("true");
    schema(
        TYPES.contains(type) || (type.isEmpty() && free),
        node,
        "has the type \"%s\"; write one of %s, or %s"
            .formatted(type, TYPES.stream().sorted().toList(), ANY_FIELDS));
    schema(
        !intOrString(node) || type.isEmpty(),
        node,
        "has a type beside %s; remove one".formatted(INT_OR_STRING));
    schema(
        !type.equals("array") || node.get("items").filter(YamlValue::isObject).isPresent(),
        node,
        "is an array without items; write what it holds");
    schema(
        node.get("properties").isEmpty() || node.get("additionalProperties").isEmpty(),
        node,
        "has properties and additionalProperties; remove one");
  }

  private void forbidden(YamlValue node) {
    for (String field : FORBIDDEN) {
      schema(
          node.get(field).isEmpty(),
          node,
          "has %s, which is not allowed; remove it".formatted(field));
    }
    schema(
        !node.text("uniqueItems").equals("true"),
        node,
        "has uniqueItems, which costs too much; write x-kubernetes-list-type: set");
    schema(
        !node.text("additionalProperties").equals("false"),
        node,
        "has additionalProperties: false, which pruning makes needless; remove it");
    schema(
        !node.text("x-kubernetes-list-type").equals("map")
            || !node.items("x-kubernetes-list-map-keys").isEmpty(),
        node,
        "is a list of type map without x-kubernetes-list-map-keys; name the keys");
  }

  private void pattern(YamlValue node) {
    String pattern = node.text("pattern");
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      schema(
          false, node, "has a pattern that is none (%s); correct it".formatted(e.getDescription()));
    }
  }

  /** Below allOf, anyOf, oneOf and not there are values only; types of int-or-string excepted. */
  private void value(YamlValue node, boolean typed) {
    for (String field : VALUE_ONLY) {
      schema(
          node.get(field).isEmpty() || (typed && field.equals("type")),
          node,
          "has %s, which has to stand outside of it; move it".formatted(field));
    }
    pattern(node);
    node.fields("properties").values().forEach(inner -> value(inner, false));
    node.get("items").ifPresent(inner -> value(inner, false));
    for (String way : COMBINATIONS) {
      node.items(way).forEach(inner -> value(inner, typed));
    }
    node.get("not").ifPresent(inner -> value(inner, false));
  }

  private void defaultOf(YamlValue node, YamlValue value) {
    String type = node.text("type");
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isList();
          case "string" -> value.isString();
          case "integer" -> value.plain() instanceof BigInteger;
          case "number" -> value.plain() instanceof Number;
          case "boolean" -> value.plain() instanceof Boolean;
          default -> true;
        };
    boolean empty = !value.isObject() && !value.isList() && value.text().isEmpty();
    findings.expect(
        fits || (empty && node.text("nullable").equals("true")),
        BundleRule.CRD_DEFAULT,
        value.place(),
        "is a default of another type than %s; write one that fits".formatted(type));
  }

  private void schema(boolean holds, YamlValue node, String message) {
    findings.expect(holds, BundleRule.CRD_SCHEMA, node.place(), message);
  }
}
