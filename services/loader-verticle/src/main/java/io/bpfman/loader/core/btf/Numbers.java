package io.bpfman.loader.core.btf;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whole numbers in what JSON and people write. */
public final class Numbers {
  /** More digits than any type has. */
  private static final int MAX_DIGITS = 48;

  private Numbers() {}

  /**
   * Numbers without fraction, true (1), false (0), and texts of digits, also after 0x; else null.
   */
  public static @Nullable BigInteger of(@Nullable Object value) {
    return switch (value) {
      case BigInteger big -> big;
      case Long number -> BigInteger.valueOf(number);
      case Integer number -> BigInteger.valueOf(number);
      case Boolean bool -> bool ? BigInteger.ONE : BigInteger.ZERO;
      case String text -> ofText(text);
      case null, default -> null;
    };
  }

  private static @Nullable BigInteger ofText(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.length() > MAX_DIGITS) {
      return null;
    }
    if (lower.matches("0x[0-9a-f]+")) {
      return new BigInteger(lower.substring(2), 16);
    }
    return lower.matches("-?[0-9]+") ? new BigInteger(lower) : null;
  }
}
