package io.bpfman.node.port;

import java.time.Duration;

/**
 * The way from a node's process to the operators: desired state comes in, reports and events go
 * out, and consoles read what the loader has. It may be missing for any time, and everything else
 * in the process goes on without it.
 */
public interface Uplink {
  /** Connects in the background and returns at once; connects again until it is closed. */
  void start();

  /** Ends the connection and what belongs to it; blocks for {@code limit} at most. */
  void close(Duration limit);
}
