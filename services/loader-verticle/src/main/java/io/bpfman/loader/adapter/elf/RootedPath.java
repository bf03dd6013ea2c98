package io.bpfman.loader.adapter.elf;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resolves paths of another file system root by hand. The kernel would follow an absolute link
 * below /proc/[pid]/root from the daemon's own root, and dots could climb out of it.
 */
final class RootedPath {
  /** As in the kernel (MAXSYMLINKS, linux/namei.h). */
  private static final int MAX_LINKS = 40;

  private RootedPath() {}

  /**
   * The path without links, at or below {@code root}; what does not exist is kept as it is named.
   */
  static Path resolve(Path root, Path inside) throws IOException {
    Deque<Path> names = new ArrayDeque<>();
    inside.forEach(names::addLast);
    Path done = root;
    int links = 0;
    while (!names.isEmpty()) {
      Path next = step(root, done, names.removeFirst());
      if (next.equals(done) || next.equals(done.getParent()) || !Files.isSymbolicLink(next)) {
        done = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        throw new FileSystemLoopException(inside.toString());
      }
      Path target = Files.readSymbolicLink(next);
      done = target.isAbsolute() ? root : done;
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        names.addFirst(target.getName(i));
      }
    }
    return done;
  }

  private static Path step(Path root, Path done, Path name) {
    return switch (name.toString()) {
      case "", "." -> done;
      case ".." -> {
        Path parent = done.getParent();
        yield done.equals(root) || parent == null ? done : parent;
      }
      default -> done.resolve(name);
    };
  }
}
