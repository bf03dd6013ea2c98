package io.bpfman.cli.link;

import io.bpfman.cli.WholeNumbers;
import picocli.CommandLine.ITypeConverter;

/** Reads an offset: 0 to 9223372036854775807. */
final class Offset implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    return WholeNumbers.read(text, Long::valueOf, 0, "an offset (0 to 9223372036854775807 bytes)");
  }
}
