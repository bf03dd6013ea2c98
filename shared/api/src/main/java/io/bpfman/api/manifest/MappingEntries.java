package io.bpfman.api.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The entries of one mapping as kubectl counts them: keys become text, and {@code <<} puts the
 * entries of other mappings where it stands, so that the later of two wins.
 */
final class MappingEntries {
  /** More than any mapping needs; stops merges of merges. */
  private static final int MOST = 10_000;

  private static final String MERGE = "<<";

  /**
   * One entry.
   *
   * @param place of the key
   */
  record Entry(String key, Node place, Node value) {}

  /**
   * What is wrong with an entry.
   *
   * @param key empty when it has none
   */
  record Fault(String key, Node place, String message) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int count;

  private MappingEntries() {}

  static MappingEntries of(MappingNode map) {
    MappingEntries all = new MappingEntries();
    all.addAll(map);
    return all;
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  List<Fault> faults() {
    return faults;
  }

  private void addAll(MappingNode map) {
    if (!open.add(map)) {
      fault("", map, "the mapping contains itself");
      return;
    }
    Set<String> own = new HashSet<>();
    for (NodeTuple tuple : map.getValue()) {
      if (++count > MOST) {
        fault("", map, "has more than " + MOST + " entries, merged ones included");
        break;
      } else if (isMerge(tuple.getKeyNode())) {
        merge(tuple.getValueNode());
      } else {
        key(tuple.getKeyNode()).ifPresent(key -> add(key, tuple, own));
      }
    }
    open.remove(map);
  }

  private void add(String key, NodeTuple tuple, Set<String> own) {
    if (own.add(key)) {
      entries.put(key, new Entry(key, tuple.getKeyNode(), tuple.getValueNode()));
    } else {
      fault(key, tuple.getKeyNode(), "stands here twice");
    }
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && scalar.getValue().equals(MERGE)
        && (scalar.getTag().equals(Tag.MERGE)
            || (scalar.isPlain() && scalar.getTag().equals(Tag.STR)));
  }

  private void merge(Node value) {
    switch (value) {
      case MappingNode map -> addAll(map);
      // Of several mappings the first wins.
      case SequenceNode list -> list.getValue().reversed().forEach(this::mergeOne);
      default -> mergeOne(value);
    }
  }

  private void mergeOne(Node value) {
    if (value instanceof MappingNode map) {
      addAll(map);
    } else {
      fault(MERGE, value, "must be a mapping or a list of mappings");
    }
  }

  /** Empty, and reported, for what has no name in JSON, and for numbers that lose theirs. */
  private Optional<String> key(Node node) {
    if (node instanceof ScalarNode scalar) {
      switch (KubernetesScalars.read(scalar)) {
        case YamlScalar.Text text -> {
          return Optional.of(text.value());
        }
        case YamlScalar.Truth truth -> {
          return Optional.of(Boolean.toString(truth.value()));
        }
        case YamlScalar.Amount number when number.isWhole() && !scalar.getValue().contains(".") -> {
          return Optional.of(number.value().toPlainString());
        }
        case YamlScalar.Amount _, YamlScalar.Nothing _, YamlScalar.Unusable _ -> {}
      }
    }
    fault("", node, "keys must be text; put quotes around " + Nodes.describe(node));
    return Optional.empty();
  }

  private void fault(String key, Node place, String message) {
    faults.add(new Fault(key, place, message));
  }
}
