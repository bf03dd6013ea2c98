package io.bpfman.nudge.core.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Nodes as values of the JDK. */
final class PlainValues {
  private static final String NULL = "";

  private PlainValues() {}

  /** Null inside of lists and maps becomes the empty string. */
  static Object of(Node node) {
    return switch (node) {
      case MappingNode map -> map(map);
      case SequenceNode list -> list(list);
      case ScalarNode scalar -> scalar(scalar);
      default -> throw new IllegalStateException("unexpected node " + node.getNodeType());
    };
  }

  private static Map<String, Object> map(MappingNode map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    for (NodeTuple entry : map.getValue()) {
      plain.put(((ScalarNode) entry.getKeyNode()).getValue(), of(entry.getValueNode()));
    }
    return plain;
  }

  private static List<Object> list(SequenceNode list) {
    List<Object> plain = new ArrayList<>();
    list.getValue().forEach(item -> plain.add(of(item)));
    return plain;
  }

  private static Object scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    Object number = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(text) : null;
    return number == null ? text : number;
  }

  /** Null for what only YAML calls a number: octal, hexadecimal, infinity. */
  private static @Nullable Object number(String text) {
    if (text.matches("[-+]?[0-9]{1,40}")) {
      return new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    }
    return text.matches("[-+]?[0-9]{1,40}\\.[0-9]{1,40}") ? new BigDecimal(text) : null;
  }
}
