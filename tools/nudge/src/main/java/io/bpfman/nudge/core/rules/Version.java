package io.bpfman.nudge.core.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A semantic version, ordered by precedence; build metadata does not count. */
record Version(List<BigInteger> numbers, List<String> preRelease) implements Comparable<Version> {
  private static final String NUMBER = "(0|[1-9]\\d{0,20})";
  private static final String WORD = "(?:0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)";

  /** What may stand behind the - of a version. */
  static final Pattern PRE_RELEASE = Pattern.compile(WORD + "(?:\\." + WORD + ")*");

  private static final Pattern SYNTAX =
      Pattern.compile(
          "%1$s\\.%1$s\\.%1$s(?:-(%2$s))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?"
              .formatted(NUMBER, PRE_RELEASE.pattern()));

  /** Empty for text that is no strict semantic version. */
  static Optional<Version> of(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<BigInteger> numbers =
        List.of(
            new BigInteger(matcher.group(1)),
            new BigInteger(matcher.group(2)),
            new BigInteger(matcher.group(3)));
    String suffix = matcher.group(4);
    return Optional.of(
        new Version(numbers, suffix == null ? List.of() : List.of(suffix.split("\\.", -1))));
  }

  /** Version behind the first {@code .v} of a name such as {@code bpfman-operator.v0.1.0}. */
  static Optional<Version> ofName(String name) {
    int at = name.indexOf(".v");
    return at < 0 ? Optional.empty() : of(name.substring(at + 2));
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < numbers.size(); i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
      return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
    }
    return comparePreRelease(other);
  }

  private int comparePreRelease(Version other) {
    int shared = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; i < shared; i++) {
      int order = compare(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compare(String left, String right) {
    boolean leftNumber = left.matches("\\d+");
    boolean rightNumber = right.matches("\\d+");
    if (leftNumber && rightNumber) {
      return new BigInteger(left).compareTo(new BigInteger(right));
    }
    return leftNumber == rightNumber
        ? left.compareTo(right)
        : Boolean.compare(rightNumber, leftNumber);
  }
}
