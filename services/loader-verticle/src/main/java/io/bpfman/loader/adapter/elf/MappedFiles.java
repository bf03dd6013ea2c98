package io.bpfman.loader.adapter.elf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Files in the memory map of a process. */
final class MappedFiles {
  private static final int MAX_MAPPINGS = 100_000;

  private MappedFiles() {}

  /** Those of a library name (proc(5): the path is the sixth column), as the process names them. */
  static Set<Path> named(Path process, String library) throws IOException {
    Set<Path> paths = new LinkedHashSet<>();
    try (BufferedReader maps =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(process.resolve("maps")), StandardCharsets.UTF_8))) {
      maps.lines()
          .limit(MAX_MAPPINGS)
          .map(line -> line.split(" +", 6))
          .filter(columns -> columns.length == 6 && columns[5].startsWith("/"))
          .map(columns -> columns[5])
          .filter(path -> LibraryPaths.matches(path.substring(path.lastIndexOf('/') + 1), library))
          .forEach(path -> paths.add(Path.of(path)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return paths;
  }
}
