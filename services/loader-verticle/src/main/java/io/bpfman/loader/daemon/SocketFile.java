package io.bpfman.loader.daemon;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
   * Whether somebody listens; a missing file and a refused connection are the two answers that mean
   * nobody does.
   *
   * @throws IOException when it cannot be found out, for example without the right to connect
   */
  public boolean answers() throws IOException {
    if (!Files.exists(path)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (java.net.ConnectException e) {
      return false;
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

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }
}
