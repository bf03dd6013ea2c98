package io.bpfman.operator.port;

import java.time.Duration;

/** Where applications come from. One caller at a time. */
public interface ApplicationSource {
  /**
   * Makes it ready; blocks. Called once, before everything else.
   *
   * @param changed called from any thread, as often as wanted, when a reading may differ from the
   *     last one; a source that cannot call is asked, see {@link #lookInterval}
   */
  void open(Runnable changed);

  /** Between two questions whether it {@link #mayHaveChanged}; 0 for a source that calls. */
  default Duration lookInterval() {
    return Duration.ZERO;
  }

  /**
   * Whether a reading may differ from the last one; does not block and may be wrong in both
   * directions, so read now and then anyway.
   */
  default boolean mayHaveChanged() {
    return false;
  }

  /** Quiet time that must have passed after the last change before a reading is worth while. */
  Duration rest();

  /**
   * Everything as of now; blocks. What cannot be read is a problem in the reading, and does not
   * make applications disappear.
   */
  SourceReading read();

  /** Gives everything back; blocks. Idempotent. */
  void close();
}
