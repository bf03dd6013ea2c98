package io.bpfman.nudge.core.yaml;

/** Text of several lines in YAML's literal style, in which a reader sees it as it is. */
final class LiteralText {
  private LiteralText() {}

  /** False for what would not be read back as it was, and for a single line. */
  static boolean fits(String text) {
    if (text.indexOf('\n') < 0 || text.charAt(0) == ' ' || text.charAt(0) == '\n') {
      return false;
    }
    boolean printable =
        text.chars().allMatch(letter -> letter == '\n' || letter >= ' ' && letter < 0x7f);
    return printable && !text.contains(" \n") && !text.endsWith(" ") && !text.endsWith("\n\n");
  }

  /** {@code indent} is that of the lines. */
  static void append(StringBuilder out, String text, String indent) {
    boolean ended = text.endsWith("\n");
    out.append(ended ? "|" : "|-");
    String lines = ended ? text.substring(0, text.length() - 1) : text;
    for (String line : lines.split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        out.append(indent).append(line);
      }
    }
  }
}
