package io.bpfman.cli.output;

import picocli.CommandLine.Option;

/** The flag {@code -o}, for commands that print either form. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  public OutputFormat format() {
    return format;
  }
}
