package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.TextFiles;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.nio.file.Path;

/**
 * What a command reads: a file, or standard input where {@code -} is given.
 *
 * @param name as messages name it
 */
record Input(String name, String text) {
  private static final String STANDARD_INPUT = "-";

  /**
   * Reads all of it.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when it is missing, too long or not UTF-8
   */
  static Input read(NudgeContext context, String file) {
    if (file.equals(STANDARD_INPUT)) {
      String name = "standard input";
      return new Input(name, TextFiles.read(name, context.in()));
    }
    return new Input(file, TextFiles.read(Path.of(file)));
  }

  YamlFile yaml() {
    return YamlFile.parse(name, text);
  }
}
