package io.bpfman.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A detail view: labelled values and sections, indented by two spaces a level, values aligned
 * within their section.
 */
public final class Tree {
  private sealed interface Node {}

  private record Field(String label, String value) implements Node {}

  private record Section(String label, Tree content) implements Node {}

  private record Note(String text) implements Node {}

  private final List<Node> nodes = new ArrayList<>();

  public Tree field(String label, String value) {
    nodes.add(new Field(label, value));
    return this;
  }

  /** A number, shown without a sign. */
  public Tree field(String label, long value) {
    return field(label, Long.toString(value));
  }

  public Tree section(String label, Tree content) {
    nodes.add(new Section(label, content));
    return this;
  }

  /** A line that stands for a section with nothing in it. */
  public Tree note(String text) {
    nodes.add(new Note(text));
    return this;
  }

  /** Each line ended. */
  public String text() {
    StringBuilder text = new StringBuilder();
    write(text, "");
    return text.toString();
  }

  private void write(StringBuilder text, String indent) {
    int width =
        nodes.stream()
            .mapToInt(node -> node instanceof Field field ? field.label().length() + 1 : 0)
            .max()
            .orElse(0);
    for (Node node : nodes) {
      switch (node) {
        case Field(String label, String value) -> {
          String line = indent + label + ":" + " ".repeat(width - label.length()) + value;
          text.append(line.stripTrailing()).append('\n');
        }
        case Section(String label, Tree content) -> {
          text.append(indent).append(label).append(":\n");
          content.write(text, indent + "  ");
        }
        case Note(String note) -> text.append(indent).append(note).append('\n');
      }
    }
  }
}
