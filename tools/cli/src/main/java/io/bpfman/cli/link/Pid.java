package io.bpfman.cli.link;

import io.bpfman.cli.WholeNumbers;
import picocli.CommandLine.ITypeConverter;

/** Reads a process id: 1 to 2147483647. */
final class Pid implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    return WholeNumbers.read(text, Integer::valueOf, 1, "a process id (1 to 2147483647)");
  }
}
