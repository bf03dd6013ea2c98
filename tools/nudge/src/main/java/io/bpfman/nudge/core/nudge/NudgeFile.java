package io.bpfman.nudge.core.nudge;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;

/**
 * A nudge file: one digest-pinned reference on one line.
 *
 * @param path name as the user knows it
 * @param component name of the file without {@code .txt}
 */
public record NudgeFile(String path, String component, ImageReference image) {
  private static final String ENDING = ".txt";

  /**
   * Reads the text of a nudge file.
   *
   * @throws UnusableInputException unless it is one pinned reference, ended by one line feed
   */
  public static NudgeFile parse(String path, String text) {
    checkLines(path, text);
    String base = path.substring(path.lastIndexOf('/') + 1);
    String component =
        base.endsWith(ENDING) ? base.substring(0, base.length() - ENDING.length()) : base;
    try {
      String line = text.substring(0, text.length() - 1);
      return new NudgeFile(path, component, ImageReference.pinned(line));
    } catch (InvalidReferenceException e) {
      throw new UnusableInputException(Place.of(path, 1), String.valueOf(e.getMessage()), e);
    }
  }

  /** Where the reference is. */
  public Place place() {
    return Place.of(path, 1);
  }

  private static void checkLines(String path, String text) {
    if (text.isBlank()) {
      throw refused(path, 0, "is empty; expected one image reference and a line feed");
    }
    if (text.indexOf('\r') >= 0) {
      throw refused(path, 1, "ends lines with CR LF; use LF alone");
    }
    if (!text.endsWith("\n")) {
      throw refused(path, 1, "does not end with a line feed; add one");
    }
    long lines = text.chars().filter(letter -> letter == '\n').count();
    if (lines != 1) {
      throw refused(path, 2, "has %d lines; expected one image reference".formatted(lines));
    }
  }

  private static UnusableInputException refused(String path, int line, String why) {
    return new UnusableInputException(Place.of(path, line), why);
  }
}
