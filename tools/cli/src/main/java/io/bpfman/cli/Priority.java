package io.bpfman.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a priority: 0 to 2147483647. */
public final class Priority implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int priority = Integer.parseInt(text);
      if (priority >= 0) {
        return priority;
      }
    } catch (NumberFormatException notOne) {
      TypeConversionException refused = refused(text);
      refused.initCause(notOne);
      throw refused;
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "\"%s\" is not a priority (0 to 2147483647; smaller runs first)".formatted(text));
  }
}
