package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;

/**
 * Numbers of the system calls that the C library has no function for, which differ between
 * machines: arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h of Linux.
 */
record SyscallNumbers(long bpf, long perfEventOpen) {
  private static final SyscallNumbers X86_64 = new SyscallNumbers(321, 298);
  private static final SyscallNumbers ARM64 = new SyscallNumbers(280, 241);

  /**
   * START_REFUSED for other machines: a wrong number is another call.
   *
   * @param machine as in the system property {@code os.arch}
   */
  static SyscallNumbers of(String machine) {
    return switch (machine) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> ARM64;
      default ->
          throw FailureCode.START_REFUSED.because(
              "this daemon does not know the system calls of the machine \"%s\"".formatted(machine),
              "run it on x86-64 (amd64) or arm64 (aarch64)");
    };
  }
}
