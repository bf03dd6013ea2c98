package io.bpfman.nudge.core.graph;

import java.util.List;

/** The files of a repository. */
public interface SourceTree {
  /** Paths from the root with slashes, sorted. */
  List<String> files();

  /**
   * Text of a file; for one that is no text, or too large to be one, the empty string.
   *
   * @throws io.bpfman.nudge.core.UnusableInputException when it is not there
   */
  String text(String path);
}
