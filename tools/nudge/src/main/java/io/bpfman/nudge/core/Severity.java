package io.bpfman.nudge.core;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** Makes a check fail. */
  ERROR,
  /** Makes a check fail only when it is strict. */
  WARNING,
  /** Worth knowing. */
  NOTE;

  /** Lower case, as printed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
