package io.bpfman.cli;

import io.bpfman.loader.daemon.DirectoryUser;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Asks the daemon when one listens; does its work here when none does and this user may. So a host
 * needs no daemon for single commands, as with bpfman. While another process works on the
 * directory, the choice is made again and again: it may be a daemon that is yet to listen.
 */
final class DaemonOrLocal implements LoaderOpener {
  /** Who does the daemon's work in this process. */
  @FunctionalInterface
  interface Local {
    /**
     * Empty when a daemon was found to listen while the directory was waited for.
     *
     * @param served looks for that daemon
     */
    Optional<LoaderSession> open(Target target, BooleanSupplier served);
  }

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final LoaderOpener daemon;
  private final Local local;
  private final boolean privileged;

  /**
   * @param privileged whether this user may load programs at all
   */
  DaemonOrLocal(LoaderOpener daemon, Local local, boolean privileged) {
    this.daemon = daemon;
    this.local = local;
    this.privileged = privileged;
  }

  /** A socket that was named is not replaced by work on a directory that was not. */
  @Override
  public LoaderSession open(Target target) {
    if (!privileged || target.named() == Named.SOCKET) {
      return openDaemon(target);
    }
    DaemonSearch search = new DaemonSearch(target, System::nanoTime);
    return search.finds()
        ? daemon.open(target)
        : local.open(target, search::finds).orElseGet(() -> daemon.open(target));
  }

  @Override
  public LoaderSession openDaemon(Target target) {
    awaitStart(target);
    return daemon.openDaemon(target);
  }

  /** While somebody works on the directory who may be a daemon, within the timeout of its lock. */
  private static void awaitStart(Target target) {
    DaemonSearch search = new DaemonSearch(target, System::nanoTime);
    long begin = System.nanoTime();
    boolean late = false;
    while (!late && !search.finds() && DirectoryUser.of(target.runtimeDir()).isPresent()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      long waited = System.nanoTime() - begin;
      late = !target.lockTimeout().isZero() && waited >= target.lockTimeout().toNanos();
    }
  }
}
