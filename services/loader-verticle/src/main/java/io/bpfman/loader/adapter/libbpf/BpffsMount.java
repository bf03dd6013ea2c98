package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import jnr.ffi.Pointer;

/** Mounts the file system that holds pins. */
final class BpffsMount {
  private static final long BPF_FS_MAGIC = 0xCAFE_4A11L;
  private static final int STATFS_BYTES = 256;
  private static final long NOSUID_NODEV_NOEXEC = 2 | 4 | 8;

  private final Natives natives;

  BpffsMount(Natives natives) {
    this.natives = natives;
  }

  /**
   * True when it was not there before. START_REFUSED when the directory is missing or the kernel
   * refuses.
   */
  boolean ensure(Path directory) {
    if (isBpffs(directory)) {
      return false;
    }
    int errno = mount(directory);
    if (errno != 0) {
      throw FailureCode.START_REFUSED.because(
          "a bpf file system cannot be mounted on %s: %s"
              .formatted(directory, Errno.describe(errno)),
          errno == Errno.EPERM || errno == Errno.EACCES
              ? "mounting needs CAP_SYS_ADMIN; run the daemon as root, or mount it before: mount -t bpf bpf "
                  + directory
              : "the directory must exist and the kernel must have CONFIG_BPF_SYSCALL");
    }
    return true;
  }

  void unmount(Path directory) {
    if (natives.c().umount2(directory.toString(), 0) < 0) {
      throw KernelErrors.refused("unmount " + directory, natives.errno());
    }
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
