package io.bpfman.api.manifest;

/**
 * A rule that an object breaks.
 *
 * @param path field from the root of the object, for example {@code spec.programs[0].name}
 */
public record FieldProblem(String path, String message, FieldReason reason) {

  public FieldProblem(String path, String message) {
    this(path, message, FieldReason.INVALID);
  }

  public String describe() {
    return path + ": " + message;
  }
}
