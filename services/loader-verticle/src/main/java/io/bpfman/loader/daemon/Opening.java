package io.bpfman.loader.daemon;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a runtime directory is opened.
 *
 * @param runtimeDir store and pins
 * @param lockTimeout how long to wait for another process that works there; zero: for ever
 */
public record Opening(Path runtimeDir, Duration lockTimeout, Care care) {
  /** bpfman's own. */
  public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(30);
}
