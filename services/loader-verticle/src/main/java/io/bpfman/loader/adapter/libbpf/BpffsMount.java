package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jnr.ffi.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts the file system that holds pins. Thread-safe. */
final class BpffsMount {
  private static final Logger LOG = LoggerFactory.getLogger(BpffsMount.class);
  private static final long BPF_FS_MAGIC = 0xCAFE_4A11L;
  private static final int STATFS_BYTES = 256;
  private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;

  private final Natives natives;
  private final Set<Path> seen = ConcurrentHashMap.newKeySet();

  BpffsMount(Natives natives) {
    this.natives = natives;
  }

  /**
   * Idempotent; whether it mounted. START_REFUSED when the directory is missing or the kernel
   * refuses. One at a time, so that two callers never mount one over the other.
   */
  synchronized boolean ensure(Path directory) {
    if (isBpffs(directory)) {
      seen.add(directory);
      return false;
    }
    mountOn(directory);
    if (!seen.add(directory)) {
      LOG.warn(
          "the bpf file system on {} had been unmounted and was mounted again; what was pinned"
              + " there is gone, see bpfman doctor",
          directory);
    }
    return true;
  }

  private void mountOn(Path directory) {
    int errno = mount(directory);
    if (errno != 0) {
      throw FailureCode.START_REFUSED.because(
          "a bpf file system cannot be mounted on %s: %s"
              .formatted(directory, Errno.describe(errno)),
          errno == Errno.EPERM || errno == Errno.EACCES
              ? "mounting needs CAP_SYS_ADMIN; run the daemon as root, or mount it before: mount -t"
                  + " bpf bpf "
                  + directory
              : "the directory must exist and the kernel must have CONFIG_BPF_SYSCALL");
    }
  }

  void unmount(Path directory) {
    if (natives.c().umount2(directory.toString(), 0) < 0) {
      throw KernelErrors.refused("unmount " + directory, natives.errno());
    }
    seen.remove(directory);
  }

  /** 0 or an errno. Only root may look inside. */
  private int mount(Path directory) {
    try (Scratch memory = natives.scratch()) {
      int result =
          natives
              .c()
              .mount(
                  "bpf",
                  directory.toString(),
                  "bpf",
                  NOSUID_NODEV_NOEXEC,
                  memory.text("mode=0700"));
      return result < 0 ? natives.errno() : 0;
    }
  }

  private boolean isBpffs(Path directory) {
    try (Scratch memory = natives.scratch()) {
      Pointer result = memory.zeroed(STATFS_BYTES);
      if (natives.c().statfs(directory.toString(), result) < 0) {
        throw FailureCode.START_REFUSED.because(
            "the pin directory %s cannot be used: %s"
                .formatted(directory, Errno.describe(natives.errno())),
            "create it first");
      }
      return result.getLong(0) == BPF_FS_MAGIC;
    }
  }
}
