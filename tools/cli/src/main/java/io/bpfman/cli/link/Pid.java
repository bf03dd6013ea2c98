package io.bpfman.cli.link;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a process id: 1 to 2147483647. */
final class Pid implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1) {
        return value;
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
        "\"%s\" is not a process id (1 to 2147483647)".formatted(text));
  }
}
