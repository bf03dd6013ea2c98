package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of objects, to be changed field by field. */
final class Fields {
  private Fields() {}

  /** Fields in the order of the file. */
  static Map<String, Object> copy(YamlValue object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.fields().forEach((key, value) -> copy.put(key, value.plain()));
    return copy;
  }

  /** Fields of the object below {@code keys}; none when it is missing. */
  static Map<String, Object> below(YamlValue parent, String... keys) {
    return parent.get(keys).map(Fields::copy).orElseGet(LinkedHashMap::new);
  }

  /** Fields of the object below {@code keys}, which must be there. */
  static Map<String, Object> required(YamlValue parent, String... keys) {
    return copy(value(parent, keys));
  }

  /** The value below {@code keys}, which must be there. */
  static YamlValue value(YamlValue parent, String... keys) {
    return parent.get(keys).orElseThrow(() -> parent.refused("has no " + String.join(".", keys)));
  }
}
