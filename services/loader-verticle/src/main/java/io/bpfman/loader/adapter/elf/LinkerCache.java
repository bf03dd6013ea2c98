package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The dynamic linker's cache below one root (/etc/ld.so.cache, written by ldconfig(8)). One that is
 * missing, too large or damaged counts as empty: programs start without it, too.
 */
final class LinkerCache {
  /** Relative, so that the root itself may be anything. */
  private static final Path FILE = Path.of("etc/ld.so.cache");

  /** Large distributions have some 200 KiB. */
  private static final long MAX_SIZE = 8L << 20;

  private static final Comparator<LinkerCacheFile.Entry> BEST_FIRST =
      Comparator.comparing(LinkerCacheFile.Entry::audience)
          .thenComparingInt(entry -> entry.name().length())
          .thenComparing(LinkerCacheFile.Entry::name);

  private LinkerCache() {}

  /** Paths inside the root of libraries of this machine that go by the name, best first. */
  static List<Path> candidates(Path root, String wanted) throws IOException {
    return entries(RootedPath.resolve(root, FILE)).stream()
        .filter(entry -> LibraryPaths.matches(entry.name(), wanted))
        .sorted(BEST_FIRST)
        .flatMap(entry -> path(entry).stream())
        .toList();
  }

  private static List<LinkerCacheFile.Entry> entries(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_SIZE) {
      return List.of();
    }
    try (FileWindow window = FileWindow.open(file)) {
      int size = Math.toIntExact(Math.min(window.size(), MAX_SIZE));
      return LinkerCacheFile.parse(
          window.read("the linker's cache", 0, size), System.getProperty("os.arch", ""));
    } catch (ElfFormatException damaged) {
      return List.of();
    }
  }

  private static Optional<Path> path(LinkerCacheFile.Entry entry) {
    try {
      return Optional.of(Path.of(entry.path())).filter(Path::isAbsolute);
    } catch (InvalidPathException hostile) {
      return Optional.empty();
    }
  }
}
