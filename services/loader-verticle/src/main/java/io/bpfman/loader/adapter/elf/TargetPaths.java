package io.bpfman.loader.adapter.elf;

import io.bpfman.loader.adapter.host.HostView;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the file that a probe's target means: of a container, else of the host. */
final class TargetPaths {
  private final HostView host;

  TargetPaths(HostView host) {
    this.host = host;
  }

  /**
   * A file that was found.
   *
   * @param inside its path below the root directory, links not followed
   * @param file the same from here, without links
   */
  record Found(Path inside, Path file) {}

  /** A regular file; TARGET_NOT_FOUND otherwise. */
  Found find(AttachSpec.Uprobe spec) throws IOException {
    Path target = parse(spec.target());
    Path root = root(spec);
    if (target.isAbsolute()) {
      Path file = RootedPath.resolve(root, target);
      if (!Files.isRegularFile(file)) {
        throw missing(spec, root, file);
      }
      return new Found(target, file);
    }
    if (target.getNameCount() != 1 || spec.target().isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "probe target \"%s\" is a relative path".formatted(spec.target()),
          "give an absolute path, or the bare name of a library such as libc");
    }
    return library(spec);
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

  /** Root directory that the target is below. */
  private Path root(AttachSpec.Uprobe spec) {
    Integer container = spec.containerPid();
    return container == null ? host.root() : host.processes().root(container);
  }

  /** What a path that was found earlier means now. */
  Path again(AttachSpec.Uprobe spec, Path inside) throws IOException {
    return RootedPath.resolve(parse(spec.target()).isAbsolute() ? root(spec) : base(spec), inside);
  }

  /** Root directory of whom a library is looked up for. */
  private Path base(AttachSpec.Uprobe spec) {
    Integer pid = spec.pid();
    return spec.containerPid() == null && pid != null ? host.processes().root(pid) : root(spec);
  }

  /** As bpfman looks: what the process has mapped, then where its linker would look. */
  private Found library(AttachSpec.Uprobe spec) throws IOException {
    Integer pid = spec.pid();
    Path base = base(spec);
    Set<Path> candidates = new LinkedHashSet<>();
    if (pid != null) {
      candidates.addAll(MappedFiles.named(host.processes().directory(pid), spec.target()));
    }
    candidates.addAll(LinkerCache.candidates(base, spec.target()));
    candidates.addAll(LibraryPaths.candidates(base, spec.target()));
    Optional<Found> found = firstBinary(base, candidates);
    if (found.isPresent()) {
      return found.get();
    }
    throw notFound(
        "library \"%s\" is neither in the linker's cache nor in its directories below %s"
            .formatted(spec.target(), base),
        NearNames.of(spec.target(), LibraryPaths.all(base), 3));
  }

  private static Optional<Found> firstBinary(Path root, Collection<Path> candidates)
      throws IOException {
    for (Path inside : candidates) {
      Path file = RootedPath.resolve(root, inside);
      if (isBinary(file)) {
        return Optional.of(new Found(inside, file));
      }
    }
    return Optional.empty();
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

  private BpfmanException missing(AttachSpec.Uprobe spec, Path root, Path file) throws IOException {
    if (Files.exists(file)) {
      return notFound(file + " is not a regular file", List.of());
    }
    Path parent = file.getParent();
    Collection<String> siblings = parent == null ? List.of() : LibraryPaths.names(parent);
    return notFound(
        "probe target %s does not exist%s".formatted(spec.target(), where(spec, root)),
        NearNames.of(spec.target().replaceFirst(".*/", ""), siblings, 3));
  }

  private static String where(AttachSpec.Uprobe spec, Path root) {
    if (spec.containerPid() != null) {
      return " in the container of process %d (%s)".formatted(spec.containerPid(), root);
    }
    return root.getNameCount() == 0
        ? ""
        : " on the host (below %s; --host-root says where else)".formatted(root);
  }

  private static BpfmanException notFound(String message, Collection<String> near) {
    return FailureCode.TARGET_NOT_FOUND.because(
        message,
        near.isEmpty()
            ? "give the absolute path of a binary"
            : "nearest names there: " + NearNames.list(near));
  }
}
