package io.bpfman.cli;

import io.bpfman.loader.daemon.Care;
import io.bpfman.loader.daemon.Opening;
import java.nio.file.Path;
import java.time.Duration;

/** Finds somebody who does the loader's work. */
@FunctionalInterface
public interface LoaderOpener {
  /**
   * Where the work is done.
   *
   * @param socket where a daemon may listen; a missing one may show only at the first call
   * @param runtimeDir store and pins, for openers that do without a daemon
   * @param lockTimeout how long these wait for the directory; zero: for ever
   * @param care what these do about damage and drift before they work
   * @param named what of this the user has said
   */
  record Target(Path socket, Path runtimeDir, Duration lockTimeout, Care care, Named named) {}

  /** Whether a daemon was asked for by its socket alone, so that nobody may stand in for it. */
  enum Named {
    SOCKET,
    DIRECTORY_OR_NOTHING
  }

  /** A daemon's socket and directory, as most callers want them. */
  static Target target(Path socket, Path runtimeDir) {
    return new Target(socket, runtimeDir, Opening.DEFAULT_LOCK_TIMEOUT, Care.ALL, Named.SOCKET);
  }

  /** The caller closes the session. */
  LoaderSession open(Target target);

  /** As {@link #open}, but only ever a daemon; without one the first call fails. */
  default LoaderSession openDaemon(Target target) {
    return open(target);
  }
}
