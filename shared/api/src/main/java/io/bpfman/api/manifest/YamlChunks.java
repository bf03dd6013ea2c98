package io.bpfman.api.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a text apart into documents as kubectl does: YAML between lines of {@code ---}, or objects
 * of JSON one after another.
 */
final class YamlChunks {
  private static final String SEPARATOR = "---";
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String source;
  private final String text;
  private final List<YamlChunk> chunks = new ArrayList<>();
  private int at;
  private int line;
  private int lineStart;

  private YamlChunks(String source, String text) {
    this.source = source;
    this.text = text;
    this.at = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    this.lineStart = at;
  }

  /** Without those that hold nothing but blanks. */
  static List<YamlChunk> of(String source, String text) throws ManifestSyntaxException {
    YamlChunks all = new YamlChunks(source, text);
    all.json();
    all.yaml();
    return all.chunks;
  }

  /** As long as another object follows; what comes then is taken for YAML. */
  private void json() {
    for (int start = JsonExtent.skipBlanks(text, at);
        start < text.length() && text.charAt(start) == '{';
        start = JsonExtent.skipBlanks(text, at)) {
      int end = JsonExtent.end(text, start);
      if (end < 0) {
        return;
      }
      advance(start);
      add(end);
      advance(end);
    }
  }

  private void yaml() throws ManifestSyntaxException {
    for (int next = at; next < text.length(); ) {
      int end = text.indexOf('\n', next);
      int following = end < 0 ? text.length() : end + 1;
      if (text.startsWith(SEPARATOR, next)) {
        add(next);
        advance(next);
        checkSeparator(text.substring(next + SEPARATOR.length(), following).strip());
        advance(following);
      }
      next = following;
    }
    add(text.length());
  }

  private void checkSeparator(String rest) throws ManifestSyntaxException {
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      String message = "after --- only a comment may follow; put the rest into the next line";
      throw new ManifestSyntaxException(
          new ManifestProblem(source, line + 1, 1, "", message), null);
    }
  }

  private void add(int end) {
    String content = text.substring(at, end);
    if (!content.isBlank()) {
      chunks.add(new YamlChunk(source, content, line, at - lineStart));
    }
  }

  private void advance(int to) {
    for (; at < to; at++) {
      if (text.charAt(at) == '\n') {
        line++;
        lineStart = at + 1;
      }
    }
  }
}
