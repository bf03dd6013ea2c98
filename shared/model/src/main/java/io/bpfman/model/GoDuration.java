package io.bpfman.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as Go's time.ParseDuration does, because bpfman's flags are written that way:
 * {@code 30s}, {@code 1m30s}, {@code 1.5h}, {@code 500ms}, {@code 0}. Negative ones are refused.
 */
public final class GoDuration {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)([a-zµμ]*)");

  private static final Map<String, BigDecimal> NANOSECONDS =
      Map.of(
          "ns", BigDecimal.valueOf(1),
          "us", BigDecimal.valueOf(1_000),
          "µs", BigDecimal.valueOf(1_000),
          "μs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private GoDuration() {}

  /**
   * @throws IllegalArgumentException with what is wrong, as the end of a sentence; also beyond 292
   *     years, which is all that 64 bits of nanoseconds hold
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException("is no duration such as 500ms, 30s, 1m30s");
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("is longer than 292 years");
    }
    return Duration.ofNanos(sum.longValue());
  }

  private static BigDecimal unit(String name) {
    BigDecimal unit = NANOSECONDS.get(name);
    if (unit == null) {
      throw new IllegalArgumentException("has no unit of ms, s, m, h");
    }
    return unit;
  }
}
