package io.bpfman.nudge.core;

/**
 * What a check found.
 *
 * @param message one sentence: the thing, the limit and what to do
 */
public record Finding(Rule rule, Place place, String message) {
  /** How much it matters. */
  public Severity severity() {
    return rule.severity();
  }

  /** On one line, as it is printed. */
  @Override
  public String toString() {
    return "%s: %s: %s [%s]".formatted(severity().word(), place, message, rule.id());
  }
}
