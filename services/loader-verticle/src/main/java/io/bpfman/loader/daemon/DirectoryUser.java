package io.bpfman.loader.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Who works on a runtime directory, as its lock file says.
 *
 * @param process number of the process where it runs, or "unknown"
 * @param socket where it listens, absolute; empty for a command, and for a daemon that is starting
 */
public record DirectoryUser(String process, Optional<Path> socket) {

  /** Empty when nobody does, or this user may not know. */
  public static Optional<DirectoryUser> of(Path runtimeDir) {
    Path file = new RuntimeLayout(runtimeDir.toAbsolutePath().normalize()).lock();
    try {
      return isHeld(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (NoSuchFileException | AccessDeniedException unknown) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is written there; a lock is taken before that is done. */
  static DirectoryUser read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String process = lines.isEmpty() || lines.getFirst().isBlank() ? "unknown" : lines.getFirst();
    return new DirectoryUser(process.strip(), lines.stream().skip(1).findFirst().map(Path::of));
  }

  /** The kernel tells who is dead: what such a process wrote stays. */
  private static boolean isHeld(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return true;
    }
  }
}
