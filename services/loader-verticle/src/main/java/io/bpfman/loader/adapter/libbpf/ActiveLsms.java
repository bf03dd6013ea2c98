package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The security modules that the kernel was booted with. A kernel built with CONFIG_BPF_LSM but
 * booted without "bpf" among them loads and attaches LSM programs and never calls them.
 *
 * @param list securityfs file with their names, separated by commas
 */
record ActiveLsms(Path list) {

  ActiveLsms() {
    this(Path.of("/sys/kernel/security/lsm"));
  }

  /**
   * KERNEL_UNSUPPORTED when {@code request} has an LSM program that would never be called. Says
   * nothing when the list cannot be read: then only the kernel can tell.
   */
  void require(ObjectLoad request) {
    for (ProgramSpec program : request.programs()) {
      if (program.type() == ProgramType.LSM) {
        names().filter(names -> !names.contains("bpf")).ifPresent(names -> refuse(program, names));
      }
    }
  }

  private static void refuse(ProgramSpec program, List<String> names) {
    throw FailureCode.KERNEL_UNSUPPORTED.because(
        "this kernel would never call LSM program \"%s\": \"bpf\" is not among its active security modules (%s)"
            .formatted(program.name(), String.join(",", names)),
        "boot it with lsm=%s,bpf on the kernel command line".formatted(String.join(",", names)));
  }

  private Optional<List<String>> names() {
    try {
      return Optional.of(List.of(Files.readString(list).strip().split(",")));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
