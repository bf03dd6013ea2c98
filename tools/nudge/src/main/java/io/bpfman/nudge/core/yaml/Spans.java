package io.bpfman.nudge.core.yaml;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where the content of a node starts and ends, without blanks and comments that follow. */
final class Spans {
  private Spans() {}

  static Span content(YamlValue value) {
    Node node = value.node();
    int start = start(value, node);
    return new Span(start, contentEnd(value, node, start));
  }

  /** Column of the first character, from 0. */
  static int column(YamlValue value) {
    return value.node().getStartMark().map(Mark::getColumn).orElse(0);
  }

  private static int contentEnd(YamlValue value, Node node, int start) {
    int end = unit(value, node.getEndMark().orElseThrow());
    return switch (node) {
      case ScalarNode scalar -> isBlock(scalar) ? withoutBlanks(value, start, end) : end;
      case CollectionNode<?> list when list.getFlowStyle() == FlowStyle.FLOW -> end;
      case SequenceNode list -> last(value, list.getValue().getLast());
      case MappingNode map -> last(value, map.getValue().getLast().getValueNode());
      default -> end;
    };
  }

  private static int last(YamlValue value, Node node) {
    return contentEnd(value, node, start(value, node));
  }

  private static boolean isBlock(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.LITERAL
        || scalar.getScalarStyle() == ScalarStyle.FOLDED;
  }

  private static int withoutBlanks(YamlValue value, int start, int end) {
    int last = end;
    while (last > start && Character.isWhitespace(value.source().text().charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private static int start(YamlValue value, Node node) {
    return unit(value, node.getStartMark().orElseThrow());
  }

  private static int unit(YamlValue value, Mark mark) {
    return value.source().unit(mark);
  }
}
