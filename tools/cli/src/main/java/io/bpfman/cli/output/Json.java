package io.bpfman.cli.output;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, booleans and null as JSON. */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  private final String step;

  private Json(String step) {
    this.step = step;
  }

  /** On one line. IllegalArgumentException for a value of another class. */
  public static String line(@Nullable Object value) {
    Json json = new Json("");
    json.value(value, "");
    return json.text.toString();
  }

  /**
   * Indented by two spaces, without a newline at the end. IllegalArgumentException for a value of
   * another class.
   */
  public static String pretty(@Nullable Object value) {
    Json json = new Json("  ");
    json.value(value, "\n");
    return json.text.toString();
  }

  private void value(@Nullable Object value, String newline) {
    switch (value) {
      case null -> text.append("null");
      case String string -> string(string);
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      case List<?> list -> list(list, newline);
      case RawJson raw -> text.append(raw.text());
      case Map<?, ?> map -> object(map, newline);
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
    }
  }

  private void list(List<?> list, String newline) {
    if (list.isEmpty()) {
      text.append("[]");
      return;
    }
    text.append('[');
    for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
      text.append(newline).append(step);
      value(items.next(), newline + step);
      text.append(items.hasNext() ? "," : newline);
    }
    text.append(']');
  }

  private void object(Map<?, ?> map, String newline) {
    if (map.isEmpty()) {
      text.append("{}");
      return;
    }
    text.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> fields = map.entrySet().iterator();
        fields.hasNext(); ) {
      Map.Entry<?, ?> field = fields.next();
      text.append(newline).append(step);
      string(String.valueOf(field.getKey()));
      text.append(": ");
      value(field.getValue(), newline + step);
      text.append(fields.hasNext() ? "," : newline);
    }
    text.append('}');
  }

  private void string(String string) {
    text.append('"');
    string.chars().forEach(this::character);
    text.append('"');
  }

  private void character(int letter) {
    switch (letter) {
      case '"' -> text.append("\\\"");
      case '\\' -> text.append("\\\\");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (letter < 0x20) {
          text.append(String.format("\\u%04x", letter));
        } else {
          text.append((char) letter);
        }
      }
    }
  }
}
