package io.bpfman.cli.link;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an offset: 0 to 9223372036854775807. */
final class Offset implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
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
        "\"%s\" is not an offset (0 to 9223372036854775807 bytes)".formatted(text));
  }
}
