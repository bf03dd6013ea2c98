package io.bpfman.loader.adapter.toml;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/** Reads bpfman.toml. Sections and keys that are unknown here are told and have no effect. */
public final class ConfigFileReader {
  private ConfigFileReader() {}

  /**
   * CONFIGURATION_INVALID with file, line and reason for each thing that is malformed, or when the
   * file cannot be read.
   */
  public static ConfigFile read(Path file) {
    if (!Files.exists(file)) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "configuration file %s does not exist".formatted(file),
          "make it, or leave --config and BPFMAN_CONFIG out");
    }
    TomlParseResult parsed = parse(file);
    if (parsed.hasErrors()) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          parsed.errors().stream()
              .map(
                  error -> "%s:%d: %s".formatted(file, error.position().line(), error.getMessage()))
              .collect(Collectors.joining("; ")),
          "the file must be TOML 1.0");
    }
    return new ConfigTables(file, parsed).read();
  }

  private static TomlParseResult parse(Path file) {
    try {
      return Toml.parse(file);
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "configuration file %s cannot be read: %s".formatted(file, e),
          "it must be readable UTF-8 text",
          e);
    }
  }
}
