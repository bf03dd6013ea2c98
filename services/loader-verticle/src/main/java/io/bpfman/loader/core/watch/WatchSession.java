package io.bpfman.loader.core.watch;

import java.time.Duration;

/** The kernel, watched from the first watcher to the last. Any thread. */
public interface WatchSession {

  /** Whether it misses nothing any more. */
  boolean isLive();

  /** An operation has done this. */
  void noted(LoaderEvent event);

  /** Does not wait. Idempotent. */
  void stop();

  /** Whether it has ended, after waiting at most {@code limit} for it. */
  boolean awaitEnd(Duration limit);
}
