package io.bpfman.operator.core.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects of Kubernetes as trees of maps, lists and plain values, and back. */
final class Trees {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Trees() {}

  /** A file beside this class. */
  static <T> T template(String file, Class<T> type) {
    try (InputStream stream = Trees.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing in the jar");
      }
      return MAPPER.readValue(stream, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GenericKubernetesResource template(String file) {
    return template(file, GenericKubernetesResource.class);
  }

  static <T> T parse(String yaml, Class<T> type) {
    return MAPPER.readValue(yaml, type);
  }

  /** Absent fields are left out. */
  static Map<String, Object> map(Object bean) {
    Map<String, Object> map = new TreeMap<>();
    MAPPER.convertValue(bean, Map.class).forEach((key, value) -> map.put((String) key, value));
    return map;
  }

  static GenericKubernetesResource generic(Object bean) {
    return MAPPER.convertValue(bean, GenericKubernetesResource.class);
  }

  /** The same object always gives the same text. */
  static String text(Object bean) {
    return MAPPER.writeValueAsString(bean);
  }
}
