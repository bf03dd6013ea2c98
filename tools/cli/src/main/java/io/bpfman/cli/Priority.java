package io.bpfman.cli;

import picocli.CommandLine.ITypeConverter;

/** Reads a priority: 0 to 2147483647. */
public final class Priority implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    return WholeNumbers.read(
        text, Integer::valueOf, 0, "a priority (0 to 2147483647; smaller runs first)");
  }
}
