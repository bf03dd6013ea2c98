package io.bpfman.nudge.core.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values on one line, as JSON, which is YAML too. */
final class FlowText {
  private FlowText() {}

  static String of(Object value) {
    return switch (value) {
      case List<?> list ->
          list.stream().map(FlowText::of).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + of(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case String text -> quoted(text);
      default -> String.valueOf(value);
    };
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (letter < 0x20 || letter == 0x7f || (letter >= 0x80 && letter < 0xa0)) {
            out.append(String.format("\\u%04x", (int) letter));
          } else {
            out.append(letter);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
