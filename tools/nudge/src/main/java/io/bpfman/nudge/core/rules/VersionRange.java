package io.bpfman.nudge.core.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A range of versions as blang/semver v4 reads it (range.go), which OLM uses: comparisons with a
 * blank between them must all hold, {@code ||} between blanks offers another way, and {@code x}
 * stands for any number at the end.
 */
final class VersionRange {
  private static final String OPERATOR = "(==|=|!=|!|>=|<=|>|<|)";
  private static final Pattern COMPARISON = Pattern.compile(OPERATOR + "([0-9].*)");
  private static final Pattern WILDCARD =
      Pattern.compile("(?:0|[1-9]\\d*)(?:\\.(?:0|[1-9]\\d*))?(?:\\.x){1,2}");
  private static final String HINT = "write comparisons such as \">=1.0.0 <1.2.0\"";

  private VersionRange() {}

  /** What is wrong with a range, with the way out; empty for a good one. */
  static Optional<String> problem(String text) {
    List<String> words = words(text);
    if (words.isEmpty()) {
      return Optional.of("is an empty version range; " + HINT);
    }
    boolean alternative = true;
    for (String word : words) {
      if (word.equals("||")) {
        if (alternative) {
          return Optional.of("has nothing on one side of ||; " + HINT);
        }
        alternative = true;
        continue;
      }
      alternative = false;
      if (!comparison(word)) {
        return Optional.of("has the comparison \"%s\", which is none; %s".formatted(word, HINT));
      }
    }
    return alternative ? Optional.of("has nothing on one side of ||; " + HINT) : Optional.empty();
  }

  private static boolean comparison(String word) {
    Matcher matcher = COMPARISON.matcher(word);
    if (!matcher.matches()) {
      return false;
    }
    String version = matcher.group(2);
    return Version.of(version).isPresent()
        || (version.split("\\.", -1).length <= 3 && WILDCARD.matches(version));
  }

  /** Blanks after an operator belong to it: {@code >= 1.0.0} is one comparison. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String part : text.strip().split(" +", -1)) {
      boolean open = !words.isEmpty() && words.getLast().matches("[<>=]+|!=");
      if (open) {
        words.add(words.removeLast() + part);
      } else if (!part.isEmpty()) {
        words.add(part);
      }
    }
    return words;
  }
}
