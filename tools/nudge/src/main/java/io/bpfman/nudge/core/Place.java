package io.bpfman.nudge.core;

/**
 * A place in a file.
 *
 * @param file name as the user knows it
 * @param line from 1; 0 when the whole file is meant
 * @param path dotted path inside the document; empty when there is none
 */
public record Place(String file, int line, String path) {
  /** The file as a whole. */
  public static Place of(String file) {
    return new Place(file, 0, "");
  }

  /** A line of a file that has no structure. */
  public static Place of(String file, int line) {
    return new Place(file, line, "");
  }

  /** {@code file:line: path}, without the parts that are not known. */
  @Override
  public String toString() {
    String position = line > 0 ? file + ":" + line : file;
    return path.isEmpty() ? position : position + ": " + path;
  }
}
