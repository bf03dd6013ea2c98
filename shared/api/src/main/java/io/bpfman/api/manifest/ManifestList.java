package io.bpfman.api.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Takes lists of objects apart as kubectl does: {@code kind: List}, and lists of one kind, whose
 * items need not say what they are.
 */
final class ManifestList {
  private static final String SUFFIX = "List";
  private static final String KIND = "kind";
  private static final String VERSION = "apiVersion";

  private ManifestList() {}

  /** The documents of all items; the document itself when it is no list. */
  static List<YamlDocument> expand(YamlDocument document) {
    Optional<SequenceNode> items = items(document.root());
    if (items.isEmpty()) {
      return List.of(document);
    }
    List<YamlDocument> all = new ArrayList<>();
    for (Node item : items.get().getValue()) {
      all.add(new YamlDocument(document.chunk(), withKindOf(document.root(), item)));
    }
    return all;
  }

  private static Optional<SequenceNode> items(Node root) {
    return Nodes.text(root, KIND)
        .filter(kind -> kind.endsWith(SUFFIX))
        .flatMap(_ -> Nodes.member(root, "items"))
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast);
  }

  private static Node withKindOf(Node list, Node item) {
    String kind = Nodes.text(list, KIND).orElse("").replaceFirst(SUFFIX + "$", "");
    if (kind.isEmpty()
        || !(item instanceof MappingNode map)
        || Nodes.member(item, KIND).isPresent()
        || Nodes.member(item, VERSION).isPresent()) {
      return item;
    }
    List<NodeTuple> entries = new ArrayList<>(map.getValue());
    entries.add(entry(KIND, kind, map));
    entries.add(entry(VERSION, Nodes.text(list, VERSION).orElse(""), map));
    return new MappingNode(
        map.getTag(), true, entries, map.getFlowStyle(), map.getStartMark(), map.getEndMark());
  }

  private static NodeTuple entry(String key, String value, Node place) {
    return new NodeTuple(scalar(key, place), scalar(value, place));
  }

  private static ScalarNode scalar(String text, Node place) {
    return new ScalarNode(
        Tag.STR, true, text, ScalarStyle.PLAIN, place.getStartMark(), place.getEndMark());
  }
}
