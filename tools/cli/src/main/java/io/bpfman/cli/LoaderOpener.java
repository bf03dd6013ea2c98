package io.bpfman.cli;

import java.nio.file.Path;

/** Finds somebody who does the loader's work. */
@FunctionalInterface
public interface LoaderOpener {
  /**
   * The caller closes the session.
   *
   * @param socket where a daemon may listen; a missing one may show only at the first call
   * @param runtimeDir store and pins, for openers that do without a daemon
   */
  LoaderSession open(Path socket, Path runtimeDir);

  /** As {@link #open}, but only ever a daemon; without one the first call fails. */
  default LoaderSession openDaemon(Path socket, Path runtimeDir) {
    return open(socket, runtimeDir);
  }
}
