package io.bpfman.nudge.core.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Writes scalars in the quoting of the one that they replace. */
final class ScalarText {
  private ScalarText() {}

  static Splice replace(YamlValue value, ScalarNode old, String text) {
    Span span = Spans.content(value);
    if (span.start() < span.end() && value.source().text().charAt(span.start()) == '!') {
      throw value.refused("has a tag; write it without");
    }
    ScalarStyle style = old.getScalarStyle();
    String written =
        switch (style) {
          case SINGLE_QUOTED -> single(text);
          case DOUBLE_QUOTED -> FlowText.quoted(text);
          default -> plainOrQuoted(text);
        };
    boolean empty = span.start() == span.end();
    return new Splice(span.start(), span.end(), empty ? " " + written : written);
  }

  /** Line ends and control characters need escapes, which only double quotes have. */
  private static String single(String text) {
    return text.chars().allMatch(letter -> letter >= 0x20 && letter < 0x7f)
        ? "'" + text.replace("'", "''") + "'"
        : FlowText.quoted(text);
  }

  /** Without quotes when every reader of YAML 1.1 and 1.2 takes it for the same text. */
  static String plainOrQuoted(String text) {
    boolean plain =
        text.matches("[A-Za-z0-9/][A-Za-z0-9._/:@+-]*(?: [A-Za-z0-9(][A-Za-z0-9._/@+;()-]*)*")
            && !text.contains(": ")
            && !text.endsWith(":")
            && (text.matches("[0-9]+\\.[0-9]+\\.[0-9]+(?:[-+].*)?")
                || !text.matches("[-+0-9._:eExXoOa-fA-F]*"))
            && !text.matches("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
            && !text.matches("(?i)y|n|yes|no|on|off|true|false|null");
    return plain ? text : FlowText.quoted(text);
  }
}
