package io.bpfman.nudge.core.yaml;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values as YAML; the same values give the same bytes. */
public final class YamlText {
  private YamlText() {}

  /** An object in the order of its fields, as a document without markers, with a line feed. */
  public static String document(Map<?, ?> object) {
    return BlockText.of(object) + "\n";
  }

  /** Objects as documents with a marker between them; none before the first. */
  public static String stream(List<? extends Map<?, ?>> objects) {
    return objects.stream().map(YamlText::document).collect(Collectors.joining("---\n"));
  }
}
