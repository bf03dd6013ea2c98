package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.util.List;

/** Sentences for errno values that have no better explanation. */
final class KernelErrors {
  private KernelErrors() {}

  /**
   * @param action what could not be done, for example {@code pin link at /run/x}
   * @param errno positive
   */
  static BpfmanException refused(String action, int errno) {
    return FailureCode.KERNEL_REFUSED.because(
        "cannot %s: %s".formatted(action, Errno.describe(errno)), hint(errno));
  }

  static boolean isPermission(int errno) {
    return errno == Errno.EPERM || errno == Errno.EACCES;
  }

  /** What to do about an errno; empty when nothing general can be said. */
  static String hint(int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES -> permissionHint();
      case Errno.ENOMEM ->
          "free memory, raise the memory limit of the daemon's cgroup, or make maps smaller";
      case Errno.E2BIG -> "the program or a map is larger than the kernel allows";
      case Errno.EMFILE -> "raise the daemon's limit of open files (ulimit -n)";
      case Errno.EOPNOTSUPP, Errno.ENOTSUPP -> "this kernel or driver lacks the feature";
      default -> "";
    };
  }

  /** Names the capabilities that the process lacks. */
  static String permissionHint() {
    List<String> missing = Capabilities.missing();
    return missing.isEmpty()
        ? "the daemon has CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN and CAP_SYS_ADMIN, so the kernel's"
            + " configuration, lockdown or a security module refuses it"
        : "the daemon lacks "
            + String.join(", ", missing)
            + "; run it as root or give it these capabilities";
  }
}
