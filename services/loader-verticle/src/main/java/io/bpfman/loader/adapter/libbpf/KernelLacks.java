package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.ProgramType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a kernel lacks for programs that attach to kernel functions by their BTF id. */
final class KernelLacks {
  static final String BTF = "/sys/kernel/btf/vmlinux";

  private KernelLacks() {}

  /** Of the running kernel, "6.1.0-28-amd64"; empty when /proc does not say. */
  static String release() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** Short statements about what every program with a target lacks; may be none. */
  static List<String> general() {
    List<String> reasons = new ArrayList<>();
    if (!Files.exists(Path.of(BTF))) {
      reasons.add("it has no type information (" + BTF + " is missing, CONFIG_DEBUG_INFO_BTF)");
    }
    List<String> capabilities = Capabilities.missing();
    if (!capabilities.isEmpty()) {
      reasons.add("the daemon lacks " + String.join(", ", capabilities));
    }
    return reasons;
  }

  /** One or more short statements. */
  static List<String> forTracing(ProgramType type) {
    List<String> reasons = general();
    if (type == ProgramType.LSM && !Files.exists(Path.of("/sys/kernel/security/lsm"))) {
      reasons.add("it has no BPF LSM (/sys/kernel/security/lsm is missing, CONFIG_BPF_LSM)");
    }
    if (reasons.isEmpty()) {
      reasons.add(
          "it has type information and the daemon has its capabilities, so the kernel itself"
              + " refuses programs with attach_btf_id (fentry, fexit, LSM and freplace)");
    }
    return reasons;
  }
}
