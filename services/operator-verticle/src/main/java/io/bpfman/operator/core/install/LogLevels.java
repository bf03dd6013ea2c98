package io.bpfman.operator.core.install;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Log levels as our programs take them. */
final class LogLevels {
  private static final Set<String> KNOWN = Set.of("trace", "debug", "info", "warn", "error");
  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private LogLevels() {}

  /**
   * The first level in a text that may also be a list of directives as the Rust daemon takes them,
   * {@code bpfman=debug,info}; info where there is none.
   */
  static String of(@Nullable String text) {
    return WORD.matcher(text == null ? "" : text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .filter(KNOWN::contains)
        .findFirst()
        .orElse(DefaultConfig.LOG_LEVEL);
  }
}
