package io.bpfman.cli;

import io.bpfman.cli.LoaderOpener.Target;
import io.bpfman.loader.daemon.DirectoryUser;
import io.bpfman.loader.daemon.SocketFile;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Looks for the daemon of a socket, several times while it may be starting. */
final class DaemonSearch {
  /** A daemon makes a socket file that was removed anew within a second. */
  static final Duration REPAIR = Duration.ofSeconds(2);

  private final Target target;
  private final LongSupplier nanoClock;
  private OptionalLong silentSince = OptionalLong.empty();

  /**
   * @param nanoClock as {@link System#nanoTime}
   */
  DaemonSearch(Target target, LongSupplier nanoClock) {
    this.target = target;
    this.nanoClock = nanoClock;
  }

  /**
   * Whether a daemon listens. UNAVAILABLE when waiting for it is in vain: one works on the
   * directory and listens elsewhere, or nobody has reached it for {@link #REPAIR}.
   */
  boolean finds() {
    if (answers()) {
      return true;
    }
    DirectoryUser.of(target.runtimeDir()).ifPresent(this::requireHope);
    return false;
  }

  private boolean answers() {
    try {
      return new SocketFile(target.socket()).answers();
    } catch (IOException e) {
      throw FailureCode.UNAVAILABLE.because(
          "the socket %s cannot be used: %s".formatted(target.socket(), e.getMessage()),
          "check its permissions, or give another --socket-path",
          e);
    }
  }

  private void requireHope(DirectoryUser user) {
    Optional<Path> listens = user.socket();
    if (listens.isEmpty()) {
      return;
    }
    if (!listens.get().equals(target.socket().toAbsolutePath().normalize())) {
      throw elsewhere(user, listens.get());
    }
    long now = nanoClock.getAsLong();
    if (silentSince.isEmpty()) {
      silentSince = OptionalLong.of(now);
    } else if (now - silentSince.getAsLong() >= REPAIR.toNanos()) {
      throw FailureCode.UNAVAILABLE.because(
          "the daemon (process %s) runs, but its socket file %s has been removed"
              .formatted(user.process(), target.socket()),
          "it makes the file anew within a second unless it hangs; look at its log, or restart it");
    }
  }

  private BpfmanException elsewhere(DirectoryUser user, Path socket) {
    return FailureCode.UNAVAILABLE.because(
        "nobody answers on the socket %s; the daemon that works on %s (process %s) listens on %s"
            .formatted(target.socket(), target.runtimeDir(), user.process(), socket),
        "give --socket-path " + socket);
  }
}
