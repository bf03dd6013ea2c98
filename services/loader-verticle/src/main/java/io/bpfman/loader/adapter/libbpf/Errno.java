package io.bpfman.loader.adapter.libbpf;

import java.util.Map;

/** Numbers of asm-generic/errno.h that the kernel's bpf(2), netlink and perf answer with. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int E2BIG = 7;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int EEXIST = 17;
  static final int ENODEV = 19;
  static final int ENOTDIR = 20;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int ENOSPC = 28;
  static final int ERANGE = 34;
  static final int EILSEQ = 84;
  static final int EOPNOTSUPP = 95;
  static final int ENOBUFS = 105;

  /** The kernel's own; not in the C library. */
  static final int ENOTSUPP = 524;

  /**
   * From here on libbpf's own numbers (enum libbpf_errno of bpf/libbpf.h), which its warnings
   * explain.
   */
  static final int FIRST_OF_LIBBPF = 4000;

  private static final Map<Integer, String> TEXTS =
      Map.ofEntries(
          Map.entry(EPERM, "operation not permitted (EPERM)"),
          Map.entry(ENOENT, "no such entry (ENOENT)"),
          Map.entry(ESRCH, "no such process or symbol (ESRCH)"),
          Map.entry(EINTR, "interrupted (EINTR)"),
          Map.entry(ENXIO, "no such device (ENXIO)"),
          Map.entry(E2BIG, "too large (E2BIG)"),
          Map.entry(EAGAIN, "temporarily unavailable (EAGAIN)"),
          Map.entry(ENOMEM, "out of kernel memory (ENOMEM)"),
          Map.entry(EACCES, "access denied (EACCES)"),
          Map.entry(EBUSY, "busy (EBUSY)"),
          Map.entry(EEXIST, "exists already (EEXIST)"),
          Map.entry(ENODEV, "no such device (ENODEV)"),
          Map.entry(ENOTDIR, "not a directory (ENOTDIR)"),
          Map.entry(EINVAL, "invalid argument (EINVAL)"),
          Map.entry(EMFILE, "too many open files (EMFILE)"),
          Map.entry(ENOSPC, "no space left (ENOSPC)"),
          Map.entry(ERANGE, "out of range (ERANGE)"),
          Map.entry(EILSEQ, "not the start of an instruction (EILSEQ)"),
          Map.entry(EOPNOTSUPP, "operation not supported (EOPNOTSUPP)"),
          Map.entry(ENOBUFS, "no buffer space (ENOBUFS)"),
          Map.entry(ENOTSUPP, "not supported by this kernel (ENOTSUPP)"));

  private Errno() {}

  /** Words and symbol; {@code errno 117} for numbers that are not known here. */
  static String describe(int errno) {
    return TEXTS.getOrDefault(errno, "errno " + errno);
  }
}
