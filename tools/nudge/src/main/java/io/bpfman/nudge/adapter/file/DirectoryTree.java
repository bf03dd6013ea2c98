package io.bpfman.nudge.adapter.file;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.SourceTree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A working tree, without {@code .git} and what builds leave. Read once, when it is made. */
public final class DirectoryTree implements SourceTree {
  private static final Set<String> SKIPPED = Set.of(".git", "target", "build", "node_modules");

  /** Larger files hold no reference that anybody rewrites. */
  private static final int MAX_BYTES = 2 << 20;

  private final Path root;
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();

  /**
   * Lists a directory.
   *
   * @throws UnusableInputException when it is none or cannot be read
   */
  public DirectoryTree(Path root) {
    this.root = root;
    if (!Files.isDirectory(root)) {
      throw new UnusableInputException(Place.of(root.toString()), "is no directory");
    }
    try {
      Files.walkFileTree(root, new Collector());
    } catch (IOException e) {
      throw new UnusableInputException(
          Place.of(root.toString()), "cannot be listed: " + e.getMessage(), e);
    }
    Collections.sort(files);
  }

  @Override
  public List<String> files() {
    return Collections.unmodifiableList(files);
  }

  @Override
  public String text(String path) {
    return texts.computeIfAbsent(path, this::load);
  }

  private String load(String path) {
    Path file = root.resolve(path);
    try {
      return Files.size(file) > MAX_BYTES ? "" : Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException binary) {
      return "";
    } catch (IOException e) {
      throw new UnusableInputException(Place.of(path), "cannot be read: " + e.getMessage(), e);
    }
  }

  /** Collects regular files; links are not followed. */
  private final class Collector extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean skip =
          !directory.equals(root) && SKIPPED.contains(directory.getFileName().toString());
      return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.add(root.relativize(file).toString());
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
