package io.bpfman.loader.adapter.elf;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the file that a probe's target means. */
final class TargetPaths {
  private static final int MAX_MAPPINGS = 100_000;
  private static final Path OWN_ROOT = Path.of("/");

  private final Path procRoot;

  TargetPaths(Path procRoot) {
    this.procRoot = procRoot;
  }

  /** A regular file, without links in its path; TARGET_NOT_FOUND otherwise. */
  Path find(AttachSpec.Uprobe spec) throws IOException {
    Path target = parse(spec.target());
    Path root = rootOf(spec.containerPid());
    if (target.isAbsolute()) {
      Path file = RootedPath.resolve(root, target);
      if (!Files.isRegularFile(file)) {
        throw missing(spec, file);
      }
      return file;
    }
    if (target.getNameCount() != 1 || spec.target().isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "probe target \"%s\" is a relative path".formatted(spec.target()),
          "give an absolute path, or the bare name of a library such as libc");
    }
    return library(spec, root);
  }

  private static Path parse(String target) {
    try {
      return Path.of(target);
    } catch (InvalidPathException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "probe target \"%s\" is no path".formatted(target),
          "give an absolute path, or the bare name of a library such as libc",
          e);
    }
  }

  private Path rootOf(@Nullable Integer containerPid) {
    return containerPid == null ? OWN_ROOT : process(containerPid).resolve("root");
  }

  private Path process(int pid) {
    Path process = procRoot.resolve(Integer.toString(pid));
    if (!Files.isDirectory(process)) {
      throw FailureCode.TARGET_NOT_FOUND.because(
          "process %d does not exist (no %s)".formatted(pid, process),
          "give the id of a running process, as seen in the host's process namespace");
    }
    return process;
  }

  private Path library(AttachSpec.Uprobe spec, Path root) throws IOException {
    Integer pid = spec.pid();
    if (pid != null) {
      Path base = spec.containerPid() == null ? process(pid).resolve("root") : root;
      for (String mapped : mapped(pid, spec.target())) {
        Path file = RootedPath.resolve(base, Path.of(mapped));
        if (isBinary(file)) {
          return file;
        }
      }
    }
    for (Path candidate : LibraryPaths.candidates(root, spec.target())) {
      Path file = RootedPath.resolve(root, candidate);
      if (isBinary(file)) {
        return file;
      }
    }
    throw notFound(
        "library \"%s\" is in none of the linker's directories below %s"
            .formatted(spec.target(), root),
        NearNames.of(spec.target(), LibraryPaths.all(root), 3));
  }

  /**
   * Files of that library name in the memory map of a process (proc(5): the path is the sixth
   * column).
   */
  private Set<String> mapped(int pid, String name) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    try (BufferedReader maps =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(process(pid).resolve("maps")), StandardCharsets.UTF_8))) {
      maps.lines()
          .limit(MAX_MAPPINGS)
          .map(line -> line.split(" +", 6))
          .filter(columns -> columns.length == 6 && columns[5].startsWith("/"))
          .map(columns -> columns[5])
          .filter(path -> LibraryPaths.matches(path.substring(path.lastIndexOf('/') + 1), name))
          .forEach(paths::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return paths;
  }

  /** Linker scripts are named like libraries and are passed over. */
  private static boolean isBinary(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (ElfImage image = ElfImage.open(file)) {
      return image.machine() != ElfImage.MACHINE_BPF;
    } catch (ElfFormatException notAnElfFile) {
      return false;
    }
  }

  private static BpfmanException missing(AttachSpec.Uprobe spec, Path file) throws IOException {
    if (Files.exists(file)) {
      return notFound(file + " is not a regular file", List.of());
    }
    Path parent = file.getParent();
    Collection<String> siblings = parent == null ? List.of() : LibraryPaths.names(parent);
    String where =
        spec.containerPid() == null ? "" : " in the container of process " + spec.containerPid();
    return notFound(
        "probe target %s does not exist%s".formatted(spec.target(), where),
        NearNames.of(spec.target().replaceFirst(".*/", ""), siblings, 3));
  }

  private static BpfmanException notFound(String message, Collection<String> near) {
    return FailureCode.TARGET_NOT_FOUND.because(
        message,
        near.isEmpty()
            ? "give the absolute path of a binary"
            : "nearest names there: " + NearNames.list(near));
  }
}
