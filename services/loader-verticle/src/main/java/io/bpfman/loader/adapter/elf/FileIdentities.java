package io.bpfman.loader.adapter.elf;

import io.bpfman.model.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks stat(2) which file a path leads to. */
final class FileIdentities {
  private FileIdentities() {}

  static FileIdentity of(Path file) throws IOException {
    Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
    return new FileIdentity(
        (long) value(found, "dev"),
        (long) value(found, "ino"),
        (long) value(found, "size"),
        ((FileTime) value(found, "lastModifiedTime")).to(TimeUnit.NANOSECONDS));
  }

  private static Object value(Map<String, Object> found, String name) {
    return Objects.requireNonNull(found.get(name), name);
  }

  /** Empty when there is none; other failures are errors. */
  static Optional<FileIdentity> find(Path file) throws IOException {
    try {
      return Optional.of(of(file));
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return Optional.empty();
    }
  }
}
