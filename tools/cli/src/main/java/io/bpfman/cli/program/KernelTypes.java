package io.bpfman.cli.program;

import java.util.List;
import java.util.Set;

/** Words for bpf_prog_type of linux/bpf.h. */
public final class KernelTypes {
  private static final Set<String> PROBES = Set.of("kprobe", "uprobe");

  private KernelTypes() {}

  /** The kernel's word, or the number. */
  public static String kernelName(int type) {
    return switch (type) {
      case 2 -> "kprobe";
      case 3 -> "sched_cls";
      case 5 -> "tracepoint";
      case 6 -> "xdp";
      case 26 -> "tracing";
      case 28 -> "ext";
      case 29 -> "lsm";
      default -> Integer.toString(type);
    };
  }

  /**
   * The command line's word. One kernel type can be several of them (tc and tcx, the probes, the
   * tracing types): the links tell which.
   */
  static String commandLineName(int type, List<String> linkKinds) {
    return switch (type) {
      case 2 -> linkKinds.stream().filter(PROBES::contains).findFirst().orElse("probe");
      case 3 -> linkKinds.contains("tcx") ? "tcx" : "tc";
      case 26 -> linkKinds.isEmpty() ? "tracing" : linkKinds.getFirst();
      default -> kernelName(type);
    };
  }
}
