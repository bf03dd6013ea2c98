package io.bpfman.nudge.core;

/**
 * What a check found.
 *
 * @param rule stable name in lower case with hyphens
 * @param message one sentence: the thing, the limit and what to do
 */
public record Finding(Severity severity, String rule, Place place, String message) {
  /** Makes a check fail. */
  public static Finding error(String rule, Place place, String message) {
    return new Finding(Severity.ERROR, rule, place, message);
  }

  /** Makes a strict check fail. */
  public static Finding warning(String rule, Place place, String message) {
    return new Finding(Severity.WARNING, rule, place, message);
  }

  /** Makes no check fail. */
  public static Finding note(String rule, Place place, String message) {
    return new Finding(Severity.NOTE, rule, place, message);
  }

  /** On one line, as it is printed. */
  @Override
  public String toString() {
    return "%s: %s: %s [%s]".formatted(severity.word(), place, message, rule);
  }
}
