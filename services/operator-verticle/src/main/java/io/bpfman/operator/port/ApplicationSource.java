package io.bpfman.operator.port;

/** Where applications come from. One caller at a time. */
public interface ApplicationSource {
  /** Makes it ready; blocks. Called once, before everything else. */
  void open();

  /**
   * Whether a reading may differ from the last one; does not block and may be wrong in both
   * directions, so read now and then anyway.
   */
  boolean mayHaveChanged();

  /**
   * Everything as of now; blocks. What cannot be read is a problem in the reading, and does not
   * make applications disappear.
   */
  SourceReading read();

  /** Gives everything back; blocks. Idempotent. */
  void close();
}
