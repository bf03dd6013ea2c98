package io.bpfman.nudge.core.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a file that is read by itself. JSON objects that stand one after another, as opm
 * writes them, are a piece each; what is no such object is one piece of YAML, with all its
 * documents.
 *
 * @param start units before it
 * @param line lines before the one that it begins in
 * @param offsets as of {@link Offsets}
 */
record YamlPart(String text, int start, int line, int[] offsets) {
  /** All that stands outside of strings in JSON. */
  private static final String WORDS = "{}[],:+-.0123456789eEtrufalsn \t\r\n";

  /** Before anything was read. */
  static final YamlPart EMPTY = of("", 0, 0, 0);

  private static YamlPart of(String text, int start, int end, int line) {
    String piece = text.substring(start, end);
    return new YamlPart(piece, start, line, Offsets.of(piece));
  }

  /** Of a whole file, in its order. */
  static List<YamlPart> all(String text) {
    List<YamlPart> parts = new ArrayList<>();
    int line = 0;
    int at = 0;
    while (true) {
      int start = skipBlanks(text, at);
      int end = start < text.length() && text.charAt(start) == '{' ? objectEnd(text, start) : -1;
      if (end < 0) {
        break;
      }
      line += lines(text, at, start);
      parts.add(of(text, start, end, line));
      line += lines(text, start, end);
      at = end;
    }
    parts.add(of(text, at, text.length(), line));
    return parts;
  }

  /** The place behind an object; -1 when it does not end or holds what JSON has not. */
  private static int objectEnd(String text, int start) {
    int depth = 0;
    for (int at = start; at < text.length(); at++) {
      char here = text.charAt(at);
      if (here == '"') {
        at = stringEnd(text, at + 1);
      } else if (WORDS.indexOf(here) < 0) {
        return -1;
      } else if (here == '{') {
        depth++;
      } else if (here == '}' && --depth == 0) {
        return at + 1;
      }
    }
    return -1;
  }

  /** The place of the closing quote, or the end of the text. */
  private static int stringEnd(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  private static int skipBlanks(String text, int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int lines(String text, int from, int to) {
    return (int) text.substring(from, to).chars().filter(letter -> letter == '\n').count();
  }
}
