package io.bpfman.nudge.adapter.git;

import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.simulate.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Commits of a branch, oldest first, as pushes of one commit each. A merge counts with what it
 * brings to its first parent, as Pipelines-as-Code sees it. Runs git.
 */
public final class GitHistory {
  private GitHistory() {}

  /**
   * Commits of {@code range}, such as {@code main~20..main}; seconds count from the first of them.
   *
   * @throws UnusableInputException with git's words when it fails, and when there is no commit
   */
  public static List<Change> read(Path repository, String range) {
    String log =
        git(
            repository,
            "log",
            "--reverse",
            "--first-parent",
            "-m",
            "--no-renames",
            "--format=%x01%h %ct",
            "--name-only",
            "--end-of-options",
            range,
            "--");
    List<Change> changes = new ArrayList<>();
    long start = -1;
    for (String commit : log.split("\u0001")) {
      List<String> lines = commit.lines().filter(line -> !line.isBlank()).toList();
      if (!lines.isEmpty()) {
        String[] head = lines.getFirst().split(" ");
        long time = Long.parseLong(head[1]);
        start = start < 0 ? time : start;
        Set<String> files = new LinkedHashSet<>(lines.subList(1, lines.size()));
        changes.add(new Change(Math.max(0, time - start), head[0], files));
      }
    }
    if (changes.isEmpty()) {
      throw new UnusableInputException(range + ": has no commits");
    }
    return changes;
  }

  private static String git(Path repository, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "core.quotePath=false", "-C", repository.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new UnusableInputException(
            "%s: git log ended with %d: %s".formatted(repository, code, output.strip()));
      }
      return output;
    } catch (IOException e) {
      throw new UnusableInputException("git cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableInputException("interrupted while git log ran");
    }
  }
}
