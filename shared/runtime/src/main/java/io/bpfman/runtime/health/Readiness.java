package io.bpfman.runtime.health;

import java.util.List;

/** Whether a process can do its work. */
public interface Readiness {
  /**
   * What it still waits for, a few words each; empty when it is ready. Called on an event loop, so
   * it must not block.
   */
  List<String> missing();
}
