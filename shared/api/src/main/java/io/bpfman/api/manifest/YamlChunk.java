package io.bpfman.api.manifest;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * The text of one document, and where it begins.
 *
 * @param source name of the whole for messages
 * @param line lines before it
 * @param column characters before it in its first line
 */
record YamlChunk(String source, String text, int line, int column) {

  /**
   * A problem with a value.
   *
   * @param mark counted from the begin of the chunk; without one the problem is with the file
   */
  ManifestProblem problem(@Nullable Mark mark, String path, String message) {
    if (mark == null) {
      return new ManifestProblem(source, 0, 0, path, message);
    }
    int before = mark.getLine() == 0 ? column : 0;
    return new ManifestProblem(
        source, line + mark.getLine() + 1, before + mark.getColumn() + 1, path, message);
  }
}
