package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ProbedTarget;
import java.nio.file.Path;
import java.util.Optional;

/** Finds binaries and functions for user-space probes. Blocking; any thread. */
public interface ProbeTargets {

  /**
   * A place in a binary, for some processes.
   *
   * @param fileOffset bytes from the start of the file
   * @param process id in the daemon's own process namespace, which the kernel wants; {@link
   *     #EVERY_PROCESS} without a limit
   */
  record Place(ProbedTarget target, long fileOffset, int process) {
    /** As perf_event_open(2) has it. */
    public static final int EVERY_PROCESS = -1;

    /** Path that the kernel can open from the daemon's mount namespace. */
    public Path binary() {
      return Path.of(target.file());
    }
  }

  /** TARGET_NOT_FOUND or SYMBOL_NOT_FOUND, with the nearest names that exist. */
  Place find(AttachSpec.Uprobe spec);

  /**
   * Why a target means something else than when the probe was attached; empty when it does not.
   * Does not look into the file.
   */
  Optional<String> changed(AttachSpec.Uprobe spec, ProbedTarget recorded);
}
