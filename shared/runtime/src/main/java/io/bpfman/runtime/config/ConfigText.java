package io.bpfman.runtime.config;

import io.bpfman.model.GoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How each kind of value is read and written. */
final class ConfigText {
  private ConfigText() {}

  static int integer(String text, int min, int max) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is no whole number", e);
    }
    throw new IllegalArgumentException("is not within %d to %d".formatted(min, max));
  }

  static Duration duration(String text, Duration min, Duration max) {
    Duration value = GoDuration.parse(text);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "is not within %s to %s".formatted(format(min), format(max)));
    }
    return value;
  }

  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no path", e);
    }
  }

  static boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  static String format(Object value) {
    return switch (value) {
      case Duration duration -> format(duration);
      case List<?> parts ->
          parts.isEmpty()
              ? "empty"
              : parts.stream().map(Object::toString).collect(Collectors.joining(","));
      default -> value.toString();
    };
  }

  static String format(Duration value) {
    long millis = value.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds >= 3600 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds >= 60 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
