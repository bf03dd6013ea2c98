package io.bpfman.loader.adapter.host;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the host's files and processes are seen from here, which may be a container.
 *
 * @param root directory that absolute paths of the host are below
 * @param processes those of the host
 */
public record HostView(Path root, HostProcesses processes) {
  private static final Logger LOG = LoggerFactory.getLogger(HostView.class);

  private static final Path OWN_PROC = Path.of("/proc");
  private static final Path HOST_PROC = Path.of("/host/proc");
  private static final Path OWN_ROOT = Path.of("/");

  /**
   * CONFIGURATION_INVALID for a given path that is none.
   *
   * @param proc null: /host/proc when that is a proc file system of a process namespace above this
   *     process's own, else /proc
   * @param root null: the root directory of that proc's first process when that is in another mount
   *     namespace than this process, else /
   */
  public static HostView of(@Nullable Path proc, @Nullable Path root) {
    return of(proc, root, new Mounts(OWN_PROC, HOST_PROC));
  }

  /** As {@link #of} without settings. */
  public static HostView detect() {
    return of(null, null);
  }

  /** Where proc file systems are. */
  record Mounts(Path own, Path host) {}

  static HostView of(@Nullable Path proc, @Nullable Path root, Mounts mounts) {
    HostProcesses processes =
        new HostProcesses(proc == null ? chosen(mounts) : given(proc), mounts.own());
    return new HostView(
        root == null ? rootOf(processes.proc(), mounts.own()) : directory(root), processes);
  }

  private static Path chosen(Mounts mounts) {
    boolean above = NamespaceIds.depth(mounts.host()) > NamespaceIds.depth(mounts.own());
    return above ? mounts.host() : mounts.own();
  }

  private static Path given(Path proc) {
    if (NamespaceIds.depth(proc) == 0) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "--host-proc %s is no proc file system in which this process shows".formatted(proc),
          "mount the host's /proc there, or leave the setting away");
    }
    return proc;
  }

  private static Path directory(Path root) {
    if (!Files.isDirectory(root)) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "--host-root %s is no directory".formatted(root),
          "mount the host's root directory there, or leave the setting away");
    }
    return root.toAbsolutePath().normalize();
  }

  /** Without the right to look at the first process (CAP_SYS_PTRACE) its root is closed, too. */
  private static Path rootOf(Path proc, Path own) {
    Optional<String> first = namespace(proc.resolve("1"));
    Optional<String> here = namespace(own.resolve("self"));
    if (first.isEmpty() && !proc.equals(own)) {
      LOG.warn(
          "{} may not be looked at, so targets of probes are files of this mount namespace; --host-root says where the host's are",
          proc.resolve("1"));
    }
    boolean elsewhere = first.isPresent() && here.isPresent() && !first.equals(here);
    return elsewhere ? proc.resolve("1/root") : OWN_ROOT;
  }

  private static Optional<String> namespace(Path process) {
    try {
      return Optional.of(Files.readSymbolicLink(process.resolve("ns/mnt")).toString());
    } catch (IOException closed) {
      return Optional.empty();
    }
  }
}
