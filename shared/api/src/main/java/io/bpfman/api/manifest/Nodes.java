package io.bpfman.api.manifest;

import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Words for values of YAML in messages. */
final class Nodes {
  private static final int SHOWN = 60;

  private Nodes() {}

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** The value of a key; empty for what is no mapping, too. */
  static Optional<Node> member(Node node, String key) {
    return node instanceof MappingNode map
        ? MappingEntries.of(map).entries().stream()
            .filter(entry -> entry.key().equals(key))
            .map(MappingEntries.Entry::value)
            .findFirst()
        : Optional.empty();
  }

  /** The text of a key; empty for other values. */
  static Optional<String> text(Node node, String key) {
    return member(node, key)
        .filter(ScalarNode.class::isInstance)
        .map(value -> KubernetesScalars.read((ScalarNode) value))
        .filter(YamlScalar.Text.class::isInstance)
        .map(value -> ((YamlScalar.Text) value).value());
  }

  /** What a value is, with what it is read as when that is not what stands there. */
  static String describe(Node node) {
    return switch (node) {
      case MappingNode _ -> "a mapping";
      case SequenceNode _ -> "a list";
      case ScalarNode scalar -> describe(scalar);
      default -> node.getNodeType().toString();
    };
  }

  private static String describe(ScalarNode node) {
    String written = shorten(node.getValue());
    return switch (KubernetesScalars.read(node)) {
      case YamlScalar.Text _ -> "the text \"" + written + "\"";
      case YamlScalar.Nothing _ -> "nothing";
      case YamlScalar.Truth truth -> readAs(written, Boolean.toString(truth.value()));
      case YamlScalar.Amount number ->
          readAs(written, number.value().stripTrailingZeros().toPlainString());
      case YamlScalar.Unusable unusable -> written + ", which " + unusable.why();
    };
  }

  private static String readAs(String written, String value) {
    return written.equalsIgnoreCase(value)
        ? written
        : written + ", which YAML reads as " + shorten(value);
  }

  static String shorten(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
