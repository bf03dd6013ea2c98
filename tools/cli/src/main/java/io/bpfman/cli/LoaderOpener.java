package io.bpfman.cli;

import java.nio.file.Path;

/** Opens a connection to a daemon. */
@FunctionalInterface
public interface LoaderOpener {
  /** Does not fail for a missing socket: the first call says so. The caller closes the session. */
  LoaderSession open(Path socket);
}
