package io.bpfman.cli;

import io.bpfman.runtime.Logging;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is logged: a level, and levels of their own for parts, as bpfman takes them.
 *
 * @param level empty when nothing was asked for: then warn holds
 * @param parts level by the name of a part or a logger; bpfman's parts that there are not here have
 *     no effect
 */
record LogLevel(String level, Map<String, String> parts) {
  static final LogLevel DEFAULT = new LogLevel("", Map.of());

  void configure() {
    if (!level.isEmpty() || !parts.isEmpty()) {
      Logging.configure(level.isEmpty() ? "warn" : level);
      parts.forEach(Logging::level);
    }
  }

  /** Reads {@code info}, {@code info,manager=debug} or {@code manager=debug}, in any case. */
  static final class Reader implements ITypeConverter<LogLevel> {
    @Override
    public LogLevel convert(String text) {
      String base = "";
      Map<String, String> parts = new LinkedHashMap<>();
      for (String word : List.of(text.split(",", -1))) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          parts.put(word.substring(0, equals), known(word.substring(equals + 1)));
        } else if (base.isEmpty()) {
          base = known(word);
        } else {
          throw new TypeConversionException(
              "\"%s\" has two levels for everything; give one, and NAME=LEVEL for parts"
                  .formatted(text));
        }
      }
      return new LogLevel(base, Map.copyOf(parts));
    }

    private static String known(String word) {
      String level = word.toLowerCase(Locale.ROOT);
      if (!Logging.LEVELS.contains(level)) {
        throw new TypeConversionException(
            "\"%s\" is not a log level: %s".formatted(word, String.join(", ", Logging.LEVELS)));
      }
      return level;
    }
  }

  /** For completion. */
  static final class Words extends Candidates {
    Words() {
      super(Logging.LEVELS);
    }
  }
}
