package io.bpfman.cli;

import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Reads whole numbers that have a smallest value. */
public final class WholeNumbers {
  private WholeNumbers() {}

  /**
   * @param parse throws NumberFormatException for what is no number of the type
   * @param kind what it must be, with its range, as the end of a sentence
   * @throws TypeConversionException for anything else, with the text and {@code kind}
   */
  public static <N extends Number> N read(
      String text, Function<String, N> parse, long smallest, String kind) {
    try {
      N value = parse.apply(text);
      if (value.longValue() >= smallest) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      TypeConversionException refused = refused(text, kind);
      refused.initCause(notOne);
      throw refused;
    }
    throw refused(text, kind);
  }

  private static TypeConversionException refused(String text, String kind) {
    return new TypeConversionException("\"%s\" is not %s".formatted(text, kind));
  }
}
