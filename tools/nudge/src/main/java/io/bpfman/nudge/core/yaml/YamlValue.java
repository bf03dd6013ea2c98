package io.bpfman.nudge.core.yaml;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value that knows its place. Reading a missing or other value gives nothing, no error. */
public final class YamlValue {
  private final YamlSource source;
  private final Node node;
  private final String path;
  private final boolean shared;

  YamlValue(YamlSource source, Node node, String path, boolean insideShared) {
    this.source = source;
    this.node = node;
    this.path = path;
    this.shared = insideShared || node.getAnchor().isPresent();
  }

  /** File, line and path. */
  public Place place() {
    return new Place(source.name(), line(), path);
  }

  /** Path inside of the document; empty for its root. */
  public String path() {
    return path;
  }

  /** The value below {@code keys}; empty when any of them is missing. */
  public Optional<YamlValue> get(String... keys) {
    Optional<YamlValue> here = Optional.of(this);
    for (String key : keys) {
      here = here.flatMap(value -> value.child(key));
    }
    return here;
  }

  /** Values of a list; empty when this is none. */
  public List<YamlValue> items() {
    List<YamlValue> items = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        items.add(new YamlValue(source, item, path + "[" + items.size() + "]", shared));
      }
    }
    return items;
  }

  /** Values of the list below {@code keys}; empty when there is none. */
  public List<YamlValue> items(String... keys) {
    return get(keys).map(YamlValue::items).orElse(List.of());
  }

  /** Fields in the order of the file; empty when this is no object. */
  public Map<String, YamlValue> fields() {
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        String key = ((ScalarNode) entry.getKeyNode()).getValue();
        fields.put(key, new YamlValue(source, entry.getValueNode(), below(key), shared));
      }
    }
    return fields;
  }

  /** Fields of the object below {@code keys}; empty when there is none. */
  public Map<String, YamlValue> fields(String... keys) {
    return get(keys).map(YamlValue::fields).orElse(Map.of());
  }

  /** Text of a scalar of any type; empty for null, lists and objects. */
  public Optional<String> text() {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** Text below {@code keys}; the empty string when there is none. */
  public String text(String... keys) {
    return get(keys).flatMap(YamlValue::text).orElse("");
  }

  /** True for a list. */
  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** True for an object. */
  public boolean isObject() {
    return node instanceof MappingNode;
  }

  /** True for text, as opposed to a number, a truth value or null. */
  public boolean isString() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
  }

  /** Strings, numbers, booleans, null, lists and maps in the order of the file. */
  public Object plain() {
    return PlainValues.of(node);
  }

  /** An error at this place. */
  public UnusableInputException refused(String why) {
    return new UnusableInputException(place(), why);
  }

  Node node() {
    return node;
  }

  YamlSource source() {
    return source;
  }

  /** True when an anchor is on the way, so that the text may stand for other places too. */
  boolean shared() {
    return shared;
  }

  private int line() {
    return source.line(node);
  }

  private Optional<YamlValue> child(String key) {
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (((ScalarNode) entry.getKeyNode()).getValue().equals(key)) {
          return Optional.of(new YamlValue(source, entry.getValueNode(), below(key), shared));
        }
      }
    }
    return Optional.empty();
  }

  private String below(String key) {
    if (!key.matches("[A-Za-z0-9_-]+")) {
      return path + "[\"" + key + "\"]";
    }
    return path.isEmpty() ? key : path + "." + key;
  }
}
