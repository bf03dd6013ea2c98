package io.bpfman.operator.adapter.k8s.tools;

/**
 * What an Event tells.
 *
 * @param type Normal or Warning
 * @param reason one word in CamelCase
 */
public record Note(String type, String reason, String message) {
  public static Note normal(String reason, String message) {
    return new Note("Normal", reason, message);
  }

  public static Note warning(String reason, String message) {
    return new Note("Warning", reason, message);
  }
}
