package io.bpfman.nudge.core.yaml;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML within bounds, and refuses what two readers might understand differently. */
final class YamlReader {
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_ALIASES = 20;

  private final String name;
  private final String text;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private YamlSource source;

  YamlReader(String name, String text) {
    this.name = name;
    this.text = text;
    this.source = new YamlSource(name, text, YamlPart.EMPTY);
  }

  YamlFile read() {
    if (text.length() > MAX_BYTES) {
      throw refused(0, "is larger than 16 MiB");
    }
    if (text.startsWith("\uFEFF")) {
      throw refused(1, "starts with a byte order mark; save it without");
    }
    List<YamlValue> roots = new ArrayList<>();
    for (YamlPart part : YamlPart.all(text)) {
      source = new YamlSource(name, text, part);
      roots.addAll(documents());
    }
    return new YamlFile(name, text, List.copyOf(roots));
  }

  private List<YamlValue> documents() {
    try {
      checkShape();
      return compose();
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(this::line).orElse(0);
      throw new UnusableInputException(Place.of(name, line), "broken YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new UnusableInputException(Place.of(name), "broken YAML: " + e.getMessage(), e);
    }
  }

  private List<YamlValue> compose() {
    List<YamlValue> roots = new ArrayList<>();
    for (Node root : new Compose(settings()).composeAllFromString(source.part().text())) {
      check(root);
      if (!root.getTag().equals(Tag.NULL)) {
        roots.add(new YamlValue(source, root, "", false));
      }
    }
    return roots;
  }

  private LoadSettings settings() {
    return LoadSettings.builder()
        .setLabel(name)
        .setSchema(new CoreSchema())
        .setCodePointLimit(MAX_BYTES)
        .setAllowRecursiveKeys(false)
        .setAllowDuplicateKeys(true)
        .build();
  }

  /** Composing recurses, parsing does not: a deep document is refused before it is composed. */
  private void checkShape() {
    int depth = 0;
    int aliases = 0;
    for (Event event : new Parse(settings()).parseString(source.part().text())) {
      int line = event.getStartMark().map(this::line).orElse(0);
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        case Alias -> aliases++;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw refused(line, "is nested deeper than " + MAX_DEPTH + " levels");
      }
      if (aliases > MAX_ALIASES) {
        throw refused(line, "has more than " + MAX_ALIASES + " aliases; write the values out");
      }
    }
  }

  private void check(Node node) {
    if (open.contains(node)) {
      throw refused(line(node), "contains itself through an alias");
    }
    if (!seen.add(node)) {
      return;
    }
    open.add(node);
    switch (node) {
      case MappingNode map -> checkMap(map);
      case SequenceNode list -> list.getValue().forEach(this::check);
      default -> {}
    }
    open.remove(node);
  }

  private void checkMap(MappingNode map) {
    Set<String> keys = new HashSet<>();
    for (NodeTuple entry : map.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw refused(line(entry.getKeyNode()), "has a key that is no plain word");
      }
      if (!keys.add(key.getValue())) {
        throw refused(line(key), "has the key \"%s\" twice; remove one".formatted(key.getValue()));
      }
      check(entry.getValueNode());
    }
  }

  private int line(Node node) {
    return source.line(node);
  }

  private int line(Mark mark) {
    return source.part().line() + mark.getLine() + 1;
  }

  private UnusableInputException refused(int line, String why) {
    return new UnusableInputException(Place.of(name, line), why);
  }
}
