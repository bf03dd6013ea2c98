package io.bpfman.loader.port;

import java.time.Duration;

/** Watching that is under way, on a thread of its own. Any thread may call. */
public interface KernelWatch {

  /** Looks at the listener's namespaces and targets again now, not only at the next tick. */
  void wake();

  /** Asks the thread to end and to close all that it has open; does not wait. Idempotent. */
  void stop();

  /** Whether the thread has ended, after waiting at most {@code limit} for it. */
  boolean awaitEnd(Duration limit);
}
