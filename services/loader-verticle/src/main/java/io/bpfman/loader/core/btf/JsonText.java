package io.bpfman.loader.core.btf;

import java.util.Locale;

/** Strings in JSON. */
public final class JsonText {
  private JsonText() {}

  /** Quoted; what JSON does not allow as it is gets escaped. */
  public static void append(StringBuilder json, String text) {
    json.append('"');
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else if (letter < ' ' || Character.isSurrogate(letter)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
      } else {
        json.append(letter);
      }
    }
    json.append('"');
  }
}
