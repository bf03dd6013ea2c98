package io.bpfman.api.manifest;

/** Finds out how far an object of JSON reaches, without reading it. */
final class JsonExtent {
  /** All that stands outside of strings in JSON. */
  private static final String WORDS = "{}[],:+-.0123456789eEtrufalsn \t\r\n";

  private JsonExtent() {}

  /**
   * The place behind the object that begins at {@code start}; -1 when it does not end, or holds
   * what JSON has not, as YAML in braces does.
   */
  static int end(String text, int start) {
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

  static int skipBlanks(String text, int start) {
    int at = start;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The place of the closing quote, or the end of the text. */
  private static int stringEnd(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }
}
