package io.bpfman.api.manifest;

/**
 * One thing that is wrong with a manifest.
 *
 * @param source file as it was given, or another name of the text
 * @param line from 1; 0 when the problem is with the file as a whole
 * @param column from 1; 0 when the problem is with the file as a whole
 * @param path field, for example {@code spec.programs[0].name}; empty when the problem is not with
 *     a field
 */
public record ManifestProblem(String source, int line, int column, String path, String message) {

  static ManifestProblem ofFile(String source, String message) {
    return new ManifestProblem(source, 0, 0, "", message);
  }

  /** {@code source:line:column: path: message}, without the parts that are absent. */
  public String describe() {
    String where = line == 0 ? source : source + ":" + line + ":" + column;
    return where + ": " + (path.isEmpty() ? message : path + ": " + message);
  }
}
