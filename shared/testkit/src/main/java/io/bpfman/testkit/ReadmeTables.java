package io.bpfman.testkit;

import io.bpfman.runtime.config.ConfigKey;
import io.bpfman.runtime.config.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps the settings in a README the same as the declared ones. */
public final class ReadmeTables {
  private ReadmeTables() {}

  /**
   * @param readme relative to the module's directory
   * @throws AssertionError with the table to paste when the README holds another one
   */
  public static void check(Path readme, List<ConfigKey<?>> keys) {
    String table = ConfigReader.table(keys);
    if (!read(readme).contains(table)) {
      throw new AssertionError("%s must hold this table:\n\n%s".formatted(readme, table));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
