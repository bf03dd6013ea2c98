package io.bpfman.cli.output;

import io.bpfman.cli.Candidates;
import java.util.List;
import picocli.CommandLine.Option;

/** The flag {@code -o}, for commands that print either form. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      completionCandidates = Words.class,
      description = "text or json (default text).")
  private OutputFormat format = OutputFormat.TEXT;

  public OutputFormat format() {
    return format;
  }

  /** For completion. */
  static final class Words extends Candidates {
    Words() {
      super(List.of("text", "json"));
    }
  }
}
