package io.bpfman.cli.output;

/** How results are printed. */
public enum OutputFormat {
  TEXT,
  JSON
}
