package io.bpfman.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an id of 1 to 4294967295 into the int that protobuf keeps it in. */
public final class UnsignedId implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int id = Integer.parseUnsignedInt(text);
      if (id != 0) {
        return id;
      }
    } catch (NumberFormatException notOne) {
      throw refused(text, notOne);
    }
    throw refused(text, null);
  }

  private static TypeConversionException refused(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    TypeConversionException refused =
        new TypeConversionException("\"" + text + "\" is not an id (1 to 4294967295)");
    if (cause != null) {
      refused.initCause(cause);
    }
    return refused;
  }
}
