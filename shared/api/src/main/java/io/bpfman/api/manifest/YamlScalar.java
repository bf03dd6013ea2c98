package io.bpfman.api.manifest;

import java.math.BigDecimal;

/** What kubectl takes a scalar of YAML for. */
sealed interface YamlScalar {
  /** {@code null}, {@code ~} or nothing. */
  record Nothing() implements YamlScalar {}

  /** A boolean. */
  record Truth(boolean value) implements YamlScalar {}

  /**
   * A number.
   *
   * @param value whole numbers beyond 64 bits and all others as close as a double comes to them
   */
  record Amount(BigDecimal value) implements YamlScalar {
    /** Whether it has no fraction, however it is written: 50.0 and 1e2 have none. */
    boolean isWhole() {
      return value.stripTrailingZeros().scale() <= 0;
    }
  }

  /** Text. */
  record Text(String value) implements YamlScalar {}

  /**
   * What kubectl ends with an error for.
   *
   * @param why ends a sentence that begins with the value
   */
  record Unusable(String why) implements YamlScalar {}
}
