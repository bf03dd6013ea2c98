package io.bpfman.nudge.core.yaml;

import java.util.List;

/**
 * The text of a file and its documents.
 *
 * @param name as the user knows the file
 * @param text exactly what the file holds
 * @param documents the root of each document; empty documents are left out
 */
public record YamlFile(String name, String text, List<YamlValue> documents) {
  /**
   * Reads YAML of at most 16 MiB, 64 levels and 20 aliases; keys must be unique.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException with the line of the first problem
   */
  public static YamlFile parse(String name, String text) {
    return new YamlReader(name, text).read();
  }
}
