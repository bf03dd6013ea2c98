package io.bpfman.api.manifest;

import io.bpfman.model.NearNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares one YAML document with a shape, collects every difference, and keeps what fits as a JSON
 * tree. For one document and one thread.
 */
final class ShapeChecker {
  /** Values after expansion of aliases; stops a small text from growing into a huge tree. */
  private static final int MAX_VALUES = 100_000;

  /** Digits, a sign and a point, then a unit or an exponent. */
  private static final Pattern QUANTITY =
      Pattern.compile(
          "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

  /** The format "byte" of the API server; without the empty text. */
  private static final Pattern BASE64 =
      Pattern.compile(
          "([A-Za-z0-9+/]{4})*+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|(?<=[A-Za-z0-9+/]{4}))");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final YamlChunk chunk;
  private final Map<String, Mark> places = new HashMap<>();
  private final List<ManifestProblem> problems = new ArrayList<>();
  private int values;

  ShapeChecker(YamlChunk chunk) {
    this.chunk = chunk;
  }

  List<ManifestProblem> problems() {
    return problems;
  }

  /** The document without what does not fit. */
  Optional<JsonNode> check(Node root, Shape shape) {
    place("", root);
    if (Nodes.isNull(root)) {
      report("", "must not be empty");
    }
    return Optional.ofNullable(value(root, shape, ""));
  }

  /** A problem at the place of {@code path}, or of its nearest parent that the text has. */
  ManifestProblem at(String path, String message) {
    for (String at = path; ; at = parent(at)) {
      Mark mark = places.get(at);
      if (mark != null || at.isEmpty()) {
        return chunk.problem(mark, path, message);
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  private void report(String path, String message) {
    problems.add(at(path, message));
  }

  private @Nullable JsonNode value(Node node, Shape shape, String path) {
    if (++values > MAX_VALUES) {
      if (values == MAX_VALUES + 1) {
        report(path, "the document has more than " + MAX_VALUES + " values, aliases expanded");
      }
      return null;
    }
    if (Nodes.isNull(node)) {
      return null;
    }
    return switch (shape) {
      case Shape.Fields fields when node instanceof MappingNode map -> fields(map, fields, path);
      case Shape.Table table when node instanceof MappingNode map -> table(map, table, path);
      case Shape.Many many when node instanceof SequenceNode list -> list(list, many, path);
      case Shape.Binary ignored -> binary(node, path);
      case Shape.Open ignored -> JSON.objectNode();
      case Shape other when node instanceof ScalarNode scalar -> scalar(scalar, other, path);
      default -> mismatch(node, shape, path);
    };
  }

  private @Nullable JsonNode mismatch(Node node, Shape wanted, String path) {
    report(path, "wrong type: must be " + wanted.describe() + ", is " + Nodes.describe(node));
    return null;
  }

  private JsonNode fields(MappingNode map, Shape.Fields shape, String path) {
    ObjectNode object = JSON.objectNode();
    for (MappingEntries.Entry entry : entries(map, path)) {
      String name = entry.key();
      String inner = inner(path, name);
      Shape member = shape.members().get(name);
      if (member == null) {
        report(inner, "unknown field; " + NearNames.known(name, shape.members().keySet()));
      } else {
        put(object, name, value(entry.value(), member, inner));
      }
    }
    return object;
  }

  private JsonNode table(MappingNode map, Shape.Table shape, String path) {
    ObjectNode object = JSON.objectNode();
    for (MappingEntries.Entry entry : entries(map, path)) {
      put(object, entry.key(), value(entry.value(), shape.value(), inner(path, entry.key())));
    }
    return object;
  }

  private static String inner(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static void put(ObjectNode object, String name, @Nullable JsonNode value) {
    if (value != null) {
      object.set(name, value);
    }
  }

  /** Records the places of all entries, and reports what is wrong with them. */
  private Collection<MappingEntries.Entry> entries(MappingNode map, String path) {
    MappingEntries all = MappingEntries.of(map);
    for (MappingEntries.Entry entry : all.entries()) {
      place(inner(path, entry.key()), entry.place());
    }
    for (MappingEntries.Fault fault : all.faults()) {
      String inner = fault.key().isEmpty() ? path : inner(path, fault.key());
      problems.add(
          chunk.problem(fault.place().getStartMark().orElse(null), inner, fault.message()));
    }
    return all.entries();
  }

  private void place(String path, Node node) {
    node.getStartMark().ifPresent(mark -> places.put(path, mark));
  }

  private JsonNode list(SequenceNode list, Shape.Many shape, String path) {
    ArrayNode array = JSON.arrayNode();
    int index = 0;
    for (Node item : list.getValue()) {
      String inner = path + "[" + index++ + "]";
      place(inner, item);
      if (Nodes.isNull(item)) {
        report(inner, "must not be empty");
      }
      JsonNode value = value(item, shape.element(), inner);
      if (value != null) {
        array.add(value);
      }
    }
    return array;
  }

  private @Nullable JsonNode scalar(ScalarNode node, Shape shape, String path) {
    YamlScalar value = KubernetesScalars.read(node);
    return switch (shape) {
      case Shape.Text _ when value instanceof YamlScalar.Text(String text) -> JSON.stringNode(text);
      case Shape.Flag _ when value instanceof YamlScalar.Truth(boolean flag) ->
          JSON.booleanNode(flag);
      case Shape.Whole whole when value instanceof YamlScalar.Amount number && number.isWhole() ->
          whole(number.value(), whole, path);
      case Shape.Choice choice when value instanceof YamlScalar.Text(String text) ->
          choice(text, choice, path);
      case Shape.Amount _ -> amount(node, value, path);
      default -> mismatch(node, shape, path);
    };
  }

  /** A number must be whole; in quotes, or with a unit, it is any quantity of Kubernetes. */
  private @Nullable JsonNode amount(ScalarNode node, YamlScalar value, String path) {
    return switch (value) {
      case YamlScalar.Amount number when number.isWhole() ->
          JSON.stringNode(number.value().toBigInteger().toString());
      case YamlScalar.Text(String text) when QUANTITY.matcher(text).matches() ->
          JSON.stringNode(text);
      default -> mismatch(node, new Shape.Amount(), path);
    };
  }

  private @Nullable JsonNode whole(BigDecimal number, Shape.Whole range, String path) {
    if (number.compareTo(BigDecimal.valueOf(range.min())) < 0
        || number.compareTo(BigDecimal.valueOf(range.max())) > 0) {
      report(
          path,
          number.toPlainString() + " does not fit into " + range.min() + " to " + range.max());
      return null;
    }
    return JSON.numberNode(number.longValueExact());
  }

  private @Nullable JsonNode choice(String text, Shape.Choice choice, String path) {
    if (!choice.words().contains(text)) {
      String known = NearNames.known(text, choice.words());
      report(path, "unknown value \"" + Nodes.shorten(text) + "\"; " + known);
      return null;
    }
    return JSON.stringNode(text);
  }

  private @Nullable JsonNode binary(Node node, String path) {
    if (node instanceof SequenceNode list) {
      return bytes(list, path);
    }
    if (!(node instanceof ScalarNode scalar)
        || !(KubernetesScalars.read(scalar) instanceof YamlScalar.Text(String text))) {
      return mismatch(node, new Shape.Binary(), path);
    }
    if (!BASE64.matcher(text).matches()) {
      report(
          path,
          "not base64 as the API server takes it: one line, padded with = to a multiple of 4;"
              + " or write a list of integers 0 to 255");
      return null;
    }
    return JSON.binaryNode(Base64.getDecoder().decode(text));
  }

  private @Nullable JsonNode bytes(SequenceNode list, String path) {
    byte[] content = new byte[list.getValue().size()];
    for (int i = 0; i < content.length; i++) {
      Node item = list.getValue().get(i);
      if (item instanceof ScalarNode scalar
          && KubernetesScalars.read(scalar) instanceof YamlScalar.Amount number
          && isByte(number)) {
        content[i] = number.value().byteValue();
      } else {
        String inner = path + "[" + i + "]";
        place(inner, item);
        report(inner, "must be an integer 0 to 255, is " + Nodes.describe(item));
        return null;
      }
    }
    return JSON.binaryNode(content);
  }

  private static boolean isByte(YamlScalar.Amount number) {
    return number.isWhole()
        && number.value().signum() >= 0
        && number.value().compareTo(BigDecimal.valueOf(255)) <= 0;
  }
}
