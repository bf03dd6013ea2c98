package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import java.nio.file.Path;

/** Finds binaries and functions for user-space probes. */
public interface ProbeTargets {

  /**
   * A place in a binary.
   *
   * @param binary path that the kernel can open from the daemon's mount namespace
   * @param fileOffset bytes from the start of the file
   */
  record Place(Path binary, long fileOffset) {}

  /** TARGET_NOT_FOUND or SYMBOL_NOT_FOUND, with the nearest names that exist. */
  Place find(AttachSpec.Uprobe spec);
}
