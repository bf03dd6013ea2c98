package io.bpfman.loader.adapter.libbpf;

/** Flags of open(2) on x86-64 and arm64 (asm-generic/fcntl.h). */
final class OpenFlags {
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;

  /** Read only, closed on exec, and never blocking on a FIFO. */
  static final int READ = O_CLOEXEC | O_NONBLOCK;

  private OpenFlags() {}
}
