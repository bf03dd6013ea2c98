package io.bpfman.loader.adapter.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Ids of a process in the process namespaces that it is in, from that of a proc file system down to
 * its own (NSpid, proc(5)).
 */
final class NamespaceIds {
  private static final String FIELD = "NSpid:";

  /** Bounds what is read of a file that may be none of proc's. */
  private static final int MAX_LINES = 200;

  private NamespaceIds() {}

  /** Empty when there is no such process. */
  static Optional<List<Integer>> of(Path process) {
    try (var lines = Files.lines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
      return lines
          .limit(MAX_LINES)
          .filter(line -> line.startsWith(FIELD))
          .findFirst()
          .map(line -> numbers(line.substring(FIELD.length()).strip()));
    } catch (IOException | java.io.UncheckedIOException gone) {
      return Optional.empty();
    }
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split("\\s+"))
        .filter(number -> number.matches("[0-9]{1,9}"))
        .map(Integer::valueOf)
        .toList();
  }

  /** In how many namespaces this process shows, seen from there; 0 when it does not. */
  static int depth(Path proc) {
    return of(proc.resolve("self")).map(List::size).orElse(0);
  }
}
