package io.bpfman.api.manifest;

import io.bpfman.model.NearNames;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
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

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String source;
  private final StandardConstructor scalars;
  private final Map<String, Mark> places = new HashMap<>();
  private final List<ManifestProblem> problems = new ArrayList<>();
  private int values;

  ShapeChecker(String source) {
    this.source = source;
    this.scalars = new StandardConstructor(YamlText.settings(source));
  }

  List<ManifestProblem> problems() {
    return problems;
  }

  /** The document without what does not fit. */
  Optional<JsonNode> check(Node root, Shape shape) {
    root.getStartMark().ifPresent(mark -> places.put("", mark));
    return Optional.ofNullable(value(root, shape, ""));
  }

  /** A problem at the place of {@code path}, or of its nearest parent that the text has. */
  ManifestProblem at(String path, String message) {
    for (String at = path; ; at = parent(at)) {
      Mark mark = places.get(at);
      if (mark != null) {
        return new ManifestProblem(source, mark.getLine() + 1, mark.getColumn() + 1, path, message);
      } else if (at.isEmpty()) {
        return new ManifestProblem(source, 0, 0, path, message);
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
    if (node.getTag().equals(Tag.NULL)) {
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
    report(path, "wrong type: must be " + wanted.describe() + ", is " + kindOf(node));
    return null;
  }

  private String kindOf(Node node) {
    return switch (node) {
      case MappingNode ignored -> "a mapping";
      case SequenceNode ignored -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.STR) ->
          "the text \"" + shorten(scalar.getValue()) + "\"";
      case ScalarNode scalar -> shorten(scalar.getValue());
      default -> node.getNodeType().toString();
    };
  }

  private static String shorten(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }

  private JsonNode fields(MappingNode map, Shape.Fields shape, String path) {
    ObjectNode object = JSON.objectNode();
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      key(entry, path, seen)
          .ifPresent(
              name -> {
                String inner = path.isEmpty() ? name : path + "." + name;
                Shape member = shape.members().get(name);
                if (member == null) {
                  report(
                      inner, "unknown field; " + NearNames.known(name, shape.members().keySet()));
                } else {
                  put(object, name, value(entry.getValueNode(), member, inner));
                }
              });
    }
    return object;
  }

  private JsonNode table(MappingNode map, Shape.Table shape, String path) {
    ObjectNode object = JSON.objectNode();
    Set<String> seen = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      key(entry, path, seen)
          .ifPresent(
              name ->
                  put(object, name, value(entry.getValueNode(), shape.value(), path + "." + name)));
    }
    return object;
  }

  private static void put(ObjectNode object, String name, @Nullable JsonNode value) {
    if (value != null) {
      object.set(name, value);
    }
  }

  /**
   * Records the place of the entry; empty, and reported, for a key that is not text or stands there
   * twice.
   */
  private Optional<String> key(NodeTuple entry, String path, Set<String> seen) {
    if (!(entry.getKeyNode() instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
      report(path, "keys must be text; put quotes around " + kindOf(entry.getKeyNode()));
      return Optional.empty();
    }
    String name = scalar.getValue();
    String inner = path.isEmpty() ? name : path + "." + name;
    scalar.getStartMark().ifPresent(mark -> places.put(inner, mark));
    if (!seen.add(name)) {
      report(inner, "stands here twice");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private JsonNode list(SequenceNode list, Shape.Many shape, String path) {
    ArrayNode array = JSON.arrayNode();
    int index = 0;
    for (Node item : list.getValue()) {
      String inner = path + "[" + index++ + "]";
      item.getStartMark().ifPresent(mark -> places.put(inner, mark));
      if (item.getTag().equals(Tag.NULL)) {
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
    Object value = construct(node);
    return switch (shape) {
      case Shape.Text ignored when value instanceof String text -> JSON.stringNode(text);
      case Shape.Flag ignored when value instanceof Boolean flag -> JSON.booleanNode(flag);
      case Shape.Whole whole when value instanceof Integer || value instanceof Long ->
          whole(((Number) value).longValue(), whole, path);
      case Shape.Choice choice when value instanceof String text -> choice(text, choice, path);
      case Shape.Amount ignored when QUANTITY.matcher(node.getValue()).matches() ->
          JSON.stringNode(node.getValue());
      default -> mismatch(node, shape, path);
    };
  }

  /** Null for a scalar whose tag has no meaning here. */
  private @Nullable Object construct(ScalarNode node) {
    try {
      return scalars.constructSingleDocument(Optional.of(node));
    } catch (YamlEngineException | NumberFormatException e) {
      return null;
    }
  }

  private @Nullable JsonNode whole(long number, Shape.Whole range, String path) {
    if (number < range.min() || number > range.max()) {
      report(path, number + " does not fit into " + range.min() + " to " + range.max());
      return null;
    }
    return JSON.numberNode(number);
  }

  private @Nullable JsonNode choice(String text, Shape.Choice choice, String path) {
    if (!choice.words().contains(text)) {
      String known = NearNames.known(text, choice.words());
      report(path, "unknown value \"" + shorten(text) + "\"; " + known);
      return null;
    }
    return JSON.stringNode(text);
  }

  private @Nullable JsonNode binary(Node node, String path) {
    if (node instanceof SequenceNode list) {
      return bytes(list, path);
    }
    if (!(node instanceof ScalarNode scalar)
        || !(scalar.getTag().equals(Tag.BINARY) || construct(scalar) instanceof String)) {
      return mismatch(node, new Shape.Binary(), path);
    }
    try {
      return JSON.binaryNode(Base64.getDecoder().decode(scalar.getValue().strip()));
    } catch (IllegalArgumentException e) {
      report(path, "not base64 (" + e.getMessage() + "); or write a list of integers 0 to 255");
      return null;
    }
  }

  private @Nullable JsonNode bytes(SequenceNode list, String path) {
    byte[] content = new byte[list.getValue().size()];
    for (int i = 0; i < content.length; i++) {
      Node item = list.getValue().get(i);
      if (item instanceof ScalarNode scalar
          && construct(scalar) instanceof Integer number
          && number >= 0
          && number <= 255) {
        content[i] = number.byteValue();
      } else {
        String inner = path + "[" + i + "]";
        item.getStartMark().ifPresent(mark -> places.put(inner, mark));
        report(inner, "must be an integer 0 to 255, is " + kindOf(item));
        return null;
      }
    }
    return JSON.binaryNode(content);
  }
}
