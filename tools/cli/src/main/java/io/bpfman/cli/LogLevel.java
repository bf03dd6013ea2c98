package io.bpfman.cli;

import io.bpfman.runtime.Logging;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a log level, in any case. */
final class LogLevel implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    String level = text.toLowerCase(Locale.ROOT);
    if (!Logging.LEVELS.contains(level)) {
      throw new TypeConversionException(
          "\"%s\" is not a log level: %s".formatted(text, String.join(", ", Logging.LEVELS)));
    }
    return level;
  }

  /** For completion. */
  static final class Words extends Candidates {
    Words() {
      super(Logging.LEVELS);
    }
  }
}
