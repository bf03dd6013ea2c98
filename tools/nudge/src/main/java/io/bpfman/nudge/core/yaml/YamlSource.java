package io.bpfman.nudge.core.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The text that nodes point into.
 *
 * @param text of the whole file
 * @param part the piece of it that the nodes were read from
 */
record YamlSource(String name, String text, YamlPart part) {
  /** The unit of {@link #text} that a mark points to. */
  int unit(Mark mark) {
    return part.start() + Offsets.unit(part.offsets(), mark.getIndex());
  }

  /** From 1; 0 when unknown. */
  int line(Node node) {
    return node.getStartMark().map(mark -> part.line() + mark.getLine() + 1).orElse(0);
  }
}
