package io.bpfman.runtime.config;

import java.util.Map;
import java.util.Optional;

/** Values that were read without a problem; defaults included. */
public final class ConfigValues {
  private final Map<String, String> texts;

  /**
   * @param texts valid texts by key name
   */
  ConfigValues(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /**
   * @throws IllegalArgumentException when the key is absent and has no default: a fault of the
   *     caller
   */
  public <T> T get(ConfigKey<T> key) {
    return find(key)
        .orElseThrow(() -> new IllegalArgumentException(key.name() + " was not read or is absent"));
  }

  /** Empty for an optional key that is absent. */
  public <T> Optional<T> find(ConfigKey<T> key) {
    String text = texts.get(key.name());
    return text == null ? key.defaultValue() : Optional.of(key.parse(text));
  }
}
