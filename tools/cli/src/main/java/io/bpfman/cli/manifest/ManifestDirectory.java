package io.bpfman.cli.manifest;

import io.bpfman.api.manifest.ManifestLayout;
import io.bpfman.api.manifest.ManifestNames;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The directory that the operator watches: one file for each application that was applied, beside
 * files put there by hand.
 */
final class ManifestDirectory {
  /** What applying did to a file. */
  enum Change {
    CREATED,
    CONFIGURED,
    UNCHANGED
  }

  private final Path directory;

  ManifestDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Names of applications and the files that hold them; files that cannot be parsed count as empty.
   */
  Map<String, Path> applications() {
    Map<String, Path> found = new TreeMap<>();
    for (Path file : files()) {
      ManifestNames.of(file).forEach(name -> found.putIfAbsent(name, file));
    }
    return found;
  }

  /**
   * Writes {@code <name>.yaml} so that a reader sees the old or the new text. MANIFEST_INVALID when
   * another file holds the application.
   */
  Change write(String name, String yaml) {
    Path file = ManifestLayout.manifest(directory, name);
    Path holder = applications().get(name);
    if (holder != null && !holder.equals(file)) {
      throw FailureCode.MANIFEST_INVALID.because(
          "the application \"%s\" is in %s already".formatted(name, holder),
          "change that file, or remove it and apply again");
    }
    try {
      Optional<String> old =
          Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
      if (old.isPresent() && old.get().equals(yaml)) {
        return Change.UNCHANGED;
      }
      Files.createDirectories(directory);
      replace(file, yaml);
      return old.isPresent() ? Change.CONFIGURED : Change.CREATED;
    } catch (IOException failed) {
      throw FailureCode.STORE_FAILED.because(
          "cannot write " + file, "is --manifests right, and writable for you?", failed);
    }
  }

  /** Whether there was one. MANIFEST_INVALID when its file holds other applications too. */
  boolean delete(String name) {
    Path holder = applications().get(name);
    if (holder == null) {
      return false;
    }
    List<String> inIt = ManifestNames.of(holder);
    if (inIt.size() > 1) {
      throw FailureCode.MANIFEST_INVALID.because(
          "%s holds %d applications: %s".formatted(holder, inIt.size(), String.join(", ", inIt)),
          "take \"%s\" out of the file by hand".formatted(name));
    }
    try {
      return Files.deleteIfExists(holder);
    } catch (IOException failed) {
      throw FailureCode.STORE_FAILED.because("cannot delete " + holder, "", failed);
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return new ArrayList<>(entries.filter(ManifestLayout::isManifest).sorted().toList());
    } catch (IOException failed) {
      throw FailureCode.STORE_FAILED.because("cannot read " + directory, "", failed);
    }
  }

  private void replace(Path file, String yaml) throws IOException {
    Path fresh =
        Files.createTempFile(
            directory,
            "." + file.getFileName(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
    try {
      Files.writeString(fresh, yaml, StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
