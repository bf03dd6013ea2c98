package io.bpfman.loader.daemon;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a second daemon away from the same directory. The kernel frees the lock when the process
 * dies, however it dies.
 */
final class InstanceLock implements AutoCloseable {
  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /** START_REFUSED naming the process that holds it. */
  static InstanceLock take(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      if (!locks(channel)) {
        channel.close();
        throw held(file);
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return new InstanceLock(channel);
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot lock %s: %s".formatted(file, e.getMessage()), "check its permissions", e);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static RuntimeException held(Path file) throws IOException {
    String holder = Files.readString(file).strip();
    return FailureCode.START_REFUSED.because(
        "another daemon (process %s) works on %s"
            .formatted(holder.isEmpty() ? "unknown" : holder, file.getParent()),
        "stop it, or give this one another --runtime-dir and --socket-path");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
