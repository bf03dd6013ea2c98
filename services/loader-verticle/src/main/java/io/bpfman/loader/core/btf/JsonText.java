package io.bpfman.loader.core.btf;

/** Strings in JSON. */
final class JsonText {
  private JsonText() {}

  /** Quoted; what JSON does not allow as it is gets escaped. */
  static void append(StringBuilder json, String text) {
    json.append('"');
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else if (letter < ' ' || Character.isSurrogate(letter)) {
        json.append("\\u%04x".formatted((int) letter));
      } else {
        json.append(letter);
      }
    }
    json.append('"');
  }
}
