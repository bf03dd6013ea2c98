package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The directories of the dynamic linker below one root, and library names in them. Missing and
 * unreadable directories count as empty.
 */
final class LibraryPaths {
  private static final String CONFIGURATION = "/etc/ld.so.conf";
  private static final List<String> STANDARD =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu",
          "/lib/aarch64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib");

  /** Bounds what is read of files and directories that a container controls. */
  private static final int MAX_FILE = 65_536;

  private static final int MAX_ENTRIES = 20_000;
  private static final int MAX_DIRECTORIES = 200;

  private LibraryPaths() {}

  /**
   * Whether a file name is the library {@code wanted}: itself, with .so, with .so and a version, or
   * in the old form with a version before .so.
   */
  static boolean matches(String fileName, String wanted) {
    if (!fileName.startsWith(wanted)) {
      return false;
    }
    String rest = fileName.substring(wanted.length());
    return rest.isEmpty()
        || rest.equals(".so")
        || rest.startsWith(".so.")
        || (rest.startsWith("-") && rest.endsWith(".so"));
  }

  /** Paths inside the root that may be the library, best first. */
  static List<Path> candidates(Path root, String wanted) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String directory : directories(root)) {
      names(RootedPath.resolve(root, Path.of(directory))).stream()
          .filter(name -> matches(name, wanted))
          .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
          .forEach(name -> found.add(Path.of(directory, name)));
    }
    return found;
  }

  /** File names of all libraries, for hints. */
  static Set<String> all(Path root) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (String directory : directories(root)) {
      names(RootedPath.resolve(root, Path.of(directory))).stream()
          .filter(name -> name.contains(".so"))
          .forEach(names::add);
    }
    return names;
  }

  /** At most {@link #MAX_ENTRIES} names of a directory. */
  static List<String> names(Path directory) throws IOException {
    if (!Files.isDirectory(directory) || !Files.isReadable(directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(entry.getFileName().toString());
        if (names.size() == MAX_ENTRIES) {
          break;
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  private static Set<String> directories(Path root) throws IOException {
    Set<String> directories = new LinkedHashSet<>();
    for (String line : lines(root, CONFIGURATION)) {
      if (line.startsWith("include ")) {
        for (String file : included(root, line.substring("include ".length()).strip())) {
          lines(root, file).stream().filter(l -> l.startsWith("/")).forEach(directories::add);
        }
      } else if (line.startsWith("/")) {
        directories.add(line);
      }
    }
    directories.addAll(STANDARD);
    return directories.stream()
        .limit(MAX_DIRECTORIES)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Files of an include line; a star stands for any text in the last name. */
  private static List<String> included(Path root, String pattern) throws IOException {
    int slash = pattern.lastIndexOf('/');
    String directory = slash < 0 ? "/etc" : pattern.substring(0, slash);
    String[] parts = pattern.substring(slash + 1).split("\\*", 2);
    return names(RootedPath.resolve(root, Path.of(directory))).stream()
        .filter(
            name ->
                parts.length == 1
                    ? name.equals(parts[0])
                    : name.startsWith(parts[0]) && name.endsWith(parts[1]))
        .sorted()
        .map(name -> directory + "/" + name)
        .toList();
  }

  private static List<String> lines(Path root, String file) throws IOException {
    Path path = RootedPath.resolve(root, Path.of(file));
    if (!Files.isRegularFile(path) || Files.size(path) > MAX_FILE) {
      return List.of();
    }
    return new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
