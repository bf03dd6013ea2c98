package io.bpfman.contract;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Small files that appear whole or not at all; several processes may create the same one at the
 * same time.
 */
public final class SecretFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> ALL_READ =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final String FOREIGN_BITS = "GROUP|OTHERS";

  private SecretFiles() {}

  /**
   * Creates {@code file} with mode 0600, with missing parent directories. One that exists, or that
   * another process creates meanwhile, is left as it is: read it afterwards.
   */
  public static void createIfAbsent(Path file, String content) {
    if (Files.exists(file)) {
      return;
    }
    try {
      Path draft = draft(file, OWNER_ONLY, content);
      try {
        Files.createLink(file, draft);
      } catch (FileAlreadyExistsException _) {
        // Another process was first and both read its file: nothing is lost.
        return;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s cannot be created: %s".formatted(file, reason(e)),
          "make its directory writable for this user",
          e);
    }
  }

  /** Writes {@code file} with mode 0600, whatever it holds; a reader sees the old or the new. */
  public static void replaceSecret(Path file, String content) {
    write(file, OWNER_ONLY, content);
  }

  /** Writes {@code file} with mode 0644 unless it already holds {@code content}. */
  public static void publish(Path file, String content) {
    try {
      if (Files.exists(file) && Files.readString(file).equals(content)) {
        return;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    write(file, ALL_READ, content);
  }

  private static void write(Path file, Set<PosixFilePermission> mode, String content) {
    try {
      Path draft = draft(file, mode, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s cannot be written: %s".formatted(file, reason(e)),
          "make its directory writable for this user",
          e);
    }
  }

  /** The content of a file that only its owner may read; any wider mode is refused. */
  public static String readSecret(Path file) {
    String content = read(file);
    try {
      boolean exposed =
          Files.getPosixFilePermissions(file).stream()
              .anyMatch(bit -> bit.name().split("_", 2)[0].matches(FOREIGN_BITS));
      if (exposed) {
        throw FailureCode.CONFIGURATION_INVALID.because(
            "%s holds a secret and is accessible to others than its owner".formatted(file),
            "run: chmod 600 " + file);
      }
      return content;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static RuntimeException unreadable(Path file, IOException e) {
    return FailureCode.CONFIGURATION_INVALID.because(
        "%s cannot be read: %s".formatted(file, reason(e)),
        "check that it exists and that this user may read it",
        e);
  }

  private static Path draft(Path file, Set<PosixFilePermission> mode, String content)
      throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    FileAttribute<Set<PosixFilePermission>> attribute = PosixFilePermissions.asFileAttribute(mode);
    Path draft = Files.createTempFile(directory, "." + file.getFileName(), ".tmp", attribute);
    Files.writeString(draft, content, StandardCharsets.US_ASCII);
    Files.setPosixFilePermissions(draft, mode);
    return draft;
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "it does not exist"
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
