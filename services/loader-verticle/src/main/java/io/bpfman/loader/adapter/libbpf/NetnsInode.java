package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;

/** Inode numbers, which are the identity of network namespaces. */
final class NetnsInode {
  /** Of the calling thread. */
  private static final Path OWN = Path.of("/proc/thread-self/ns/net");

  /** What stat(2) says of a path that leads nowhere, beside ENOENT. */
  private static final Set<String> NOWHERE = Set.of("Not a directory", "No such process");

  private NetnsInode() {}

  /** Of the calling thread's network namespace. */
  static long own() {
    return of(OWN)
        .orElseThrow(
            () ->
                FailureCode.INTERNAL.because(
                    "the network namespace cannot be told from " + OWN, "mount /proc"));
  }

  /**
   * Empty only when nothing is there; KERNEL_REFUSED when that cannot be told.
   *
   * @param path of anything: a file that is no namespace has an inode too, and equals none
   */
  static OptionalLong of(Path path) {
    try {
      return OptionalLong.of((Long) Files.getAttribute(path, "unix:ino"));
    } catch (NoSuchFileException gone) {
      return OptionalLong.empty();
    } catch (FileSystemException refused) {
      if (refused.getReason() != null && NOWHERE.contains(refused.getReason())) {
        return OptionalLong.empty();
      }
      throw unreadable(path, refused);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static RuntimeException unreadable(Path path, IOException cause) {
    return FailureCode.KERNEL_REFUSED.because(
        "cannot tell which network namespace %s is: %s".formatted(path, cause.getMessage()),
        "run the daemon as root",
        cause);
  }
}
