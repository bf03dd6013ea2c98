package io.bpfman.nudge.adapter.file;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A directory that holds what was generated and nothing else.
 *
 * @param root where it is; made when it is missing
 * @param files texts by path below the root
 */
public record GeneratedFiles(Path root, Map<String, String> files) {
  private static final String MARK = "# Made by `make ";

  /** Paths that are missing, have another text or should not be there; by name. */
  public List<String> differences() {
    List<String> different = new ArrayList<>(stale());
    files.forEach(
        (name, text) -> {
          Path file = root.resolve(name);
          if (!Files.isRegularFile(file) || !TextFiles.read(file).equals(text)) {
            different.add(name);
          }
        });
    return different.stream().sorted().toList();
  }

  /**
   * Writes what differs and removes what an earlier run made and this one did not.
   *
   * @throws UnusableInputException when there is a file that nobody generated; nothing was written
   */
  public void write() {
    List<String> different = differences();
    different.stream().filter(name -> !files.containsKey(name)).forEach(this::requireGenerated);
    try {
      for (String name : different) {
        Path file = root.resolve(name);
        String text = files.get(name);
        if (text == null) {
          Files.delete(file);
        } else {
          Files.createDirectories(file.resolveSibling("."));
          TextFiles.replace(file, text);
        }
      }
    } catch (IOException e) {
      throw new UnusableInputException(
          Place.of(root.toString()), "cannot be written: " + e.getMessage(), e);
    }
  }

  /** A mistyped directory must not be emptied. */
  private void requireGenerated(String name) {
    Path file = root.resolve(name);
    if (!TextFiles.read(file).startsWith(MARK)) {
      throw new UnusableInputException(
          Place.of(file.toString()),
          "was not generated; remove it, or give another directory with --output");
    }
  }

  private List<String> stale() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> !files.containsKey(name))
          .toList();
    } catch (IOException e) {
      throw new UnusableInputException(
          Place.of(root.toString()), "cannot be read: " + e.getMessage(), e);
    }
  }
}
