package io.bpfman.nudge.core.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents as a map from path to scalar, to compare two of them. */
final class Flat {
  private Flat() {}

  static Map<String, Object> of(List<YamlValue> documents) {
    Map<String, Object> flat = new LinkedHashMap<>();
    for (int i = 0; i < documents.size(); i++) {
      put(flat, prefix(i), documents.get(i).plain());
    }
    return flat;
  }

  /** Prefix of the document that holds {@code value}. */
  static String document(List<YamlValue> documents, YamlValue value) {
    int line = value.place().line();
    int index = 0;
    while (index + 1 < documents.size() && documents.get(index + 1).place().line() <= line) {
      index++;
    }
    return prefix(index);
  }

  static boolean isBelow(String path, String root) {
    return path.equals(root) || path.startsWith(root + ".") || path.startsWith(root + "[");
  }

  static void put(Map<String, Object> flat, String path, Object value) {
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((key, item) -> put(flat, below(path, String.valueOf(key)), item));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          put(flat, path + "[" + i + "]", list.get(i));
        }
      }
      default -> flat.put(path, value);
    }
  }

  private static String prefix(int document) {
    return "#" + document + ":";
  }

  private static String below(String path, String key) {
    if (!key.matches("[A-Za-z0-9_-]+")) {
      return path + "[\"" + key + "\"]";
    }
    return path.endsWith(":") && path.startsWith("#") && path.indexOf(':') == path.length() - 1
        ? path + key
        : path + "." + key;
  }
}
