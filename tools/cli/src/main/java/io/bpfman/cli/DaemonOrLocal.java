package io.bpfman.cli;

import io.bpfman.loader.daemon.SocketFile;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Asks the daemon when one listens; does its work here when none does and this user may. So a host
 * needs no daemon for single commands, as with bpfman.
 */
final class DaemonOrLocal implements LoaderOpener {
  private final LoaderOpener daemon;
  private final LoaderOpener local;
  private final boolean privileged;

  /**
   * @param privileged whether this user may load programs at all
   */
  DaemonOrLocal(LoaderOpener daemon, LoaderOpener local, boolean privileged) {
    this.daemon = daemon;
    this.local = local;
    this.privileged = privileged;
  }

  @Override
  public LoaderSession open(Target target) {
    LoaderOpener chosen = privileged && !answers(target.socket()) ? local : daemon;
    return chosen.open(target);
  }

  @Override
  public LoaderSession openDaemon(Target target) {
    return daemon.openDaemon(target);
  }

  private static boolean answers(Path socket) {
    try {
      return new SocketFile(socket).answers();
    } catch (IOException e) {
      throw FailureCode.UNAVAILABLE.because(
          "the socket %s cannot be used: %s".formatted(socket, e.getMessage()),
          "check its permissions, or give another --socket-path",
          e);
    }
  }
}
