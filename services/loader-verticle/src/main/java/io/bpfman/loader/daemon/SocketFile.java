package io.bpfman.loader.daemon;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** The socket's file: makes way for it, and sets who may use it. */
public record SocketFile(Path path) {
  /** Linux sun_path holds 108 bytes with the final NUL (unix(7)). */
  private static final int MAX_PATH_BYTES = 107;

  /**
   * Makes the directory (0755) and removes a file that a dead daemon left. START_REFUSED when
   * somebody answers on it, or it is no socket.
   */
  void prepare() {
    requireLength();
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        removeStale();
      }
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot prepare socket %s: %s".formatted(path, e.getMessage()),
          "check the permissions of its directory",
          e);
    }
  }

  private void requireLength() {
    int length = path.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (length > MAX_PATH_BYTES) {
      throw FailureCode.START_REFUSED.because(
          "socket path %s is %d bytes long, Linux allows %d"
              .formatted(path, length, MAX_PATH_BYTES),
          "choose a shorter --socket-path");
    }
  }

  private void removeStale() throws IOException {
    if (Files.isDirectory(path) || Files.isRegularFile(path)) {
      throw FailureCode.START_REFUSED.because(
          "%s exists and is no socket".formatted(path),
          "remove it or choose another --socket-path");
    }
    if (answers()) {
      throw FailureCode.START_REFUSED.because(
          "another process listens on %s".formatted(path),
          "stop it or choose another --socket-path");
    }
    Files.delete(path);
  }

  /**
   * Whether somebody listens, however long its queue is; a missing file and a refused connection
   * are the two answers that mean nobody does.
   *
   * @throws IOException when it cannot be found out, for example without the right to connect
   */
  public boolean answers() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      // Blocking it would wait for as long as a queue is full that a stopped daemon does not empty.
      channel.connect(UnixDomainSocketAddress.of(path));
      return true;
    } catch (ConnectException nobody) {
      return false;
    } catch (SocketException full) {
      // EAGAIN has no class of its own; of the other reasons only missing rights are likely.
      if (!Files.isWritable(path)) {
        throw full;
      }
      return true;
    }
  }

  /** 0660: owner and group. */
  void restrict() {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot set mode 0660 on socket %s: %s".formatted(path, e.getMessage()), "", e);
    }
  }

  /** What tells this file from another of its name; "" when there is none. */
  Object key() {
    try {
      Object key =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
              .fileKey();
      return key == null ? "" : key;
    } catch (IOException gone) {
      return "";
    }
  }

  /** A name in the same directory, no longer than most, for a file that is to replace this one. */
  SocketFile beside(int number) {
    return new SocketFile(path.resolveSibling(".s" + number));
  }

  /** Renames another file to this one, in one step. START_REFUSED when that fails. */
  void replaceBy(SocketFile other) {
    try {
      Files.move(other.path, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot rename socket %s to %s: %s".formatted(other.path, path, e.getMessage()),
          "check the permissions of its directory",
          e);
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
