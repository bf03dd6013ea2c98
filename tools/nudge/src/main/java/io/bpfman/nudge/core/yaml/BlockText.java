package io.bpfman.nudge.core.yaml;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Lists as opm writes them: dashes in the column of the list, fields two further. */
final class BlockText {
  private static final String STEP = "  ";

  private BlockText() {}

  /** Without indentation before the first dash and without a newline at the end. */
  static String of(List<?> items, int column) {
    StringBuilder out = new StringBuilder();
    list(out, items, " ".repeat(column));
    return out.toString();
  }

  /** An object whose fields start in the first column, without a newline at the end. */
  static String of(Map<?, ?> object) {
    StringBuilder out = new StringBuilder();
    value(out, object, "");
    return out.toString();
  }

  private static void list(StringBuilder out, List<?> items, String indent) {
    for (Iterator<?> rest = items.iterator(); rest.hasNext(); ) {
      out.append("- ");
      value(out, rest.next(), indent + STEP);
      if (rest.hasNext()) {
        out.append('\n').append(indent);
      }
    }
  }

  /** At a place where the first line needs no indentation. */
  private static void value(StringBuilder out, Object value, String indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> map(out, map, indent);
      case List<?> list when !list.isEmpty() -> list(out, list, indent);
      case String text when LiteralText.fits(text) -> LiteralText.append(out, text, indent);
      case String text -> out.append(ScalarText.plainOrQuoted(text));
      default -> out.append(FlowText.of(value));
    }
  }

  private static void map(StringBuilder out, Map<?, ?> map, String indent) {
    boolean first = true;
    for (Map.Entry<?, ?> field : map.entrySet()) {
      if (!first) {
        out.append('\n').append(indent);
      }
      first = false;
      out.append(ScalarText.plainOrQuoted(String.valueOf(field.getKey()))).append(':');
      field(out, field.getValue(), indent);
    }
  }

  private static void field(StringBuilder out, Object value, String indent) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        out.append('\n').append(indent).append(STEP);
        map(out, map, indent + STEP);
      }
      case List<?> list when !list.isEmpty() -> {
        out.append('\n').append(indent);
        list(out, list, indent);
      }
      default -> {
        out.append(' ');
        value(out, value, indent + STEP);
      }
    }
  }
}
