package io.bpfman.runtime.health;

/** Who may read. */
public interface AccessCheck {
  /** What came out. */
  enum Access {
    ALLOWED,
    /** Nobody known. */
    UNAUTHENTICATED,
    /** Known, but not allowed. */
    FORBIDDEN
  }

  /**
   * Blocks.
   *
   * @param token of the header {@code Authorization: Bearer}
   * @param path that is to be read, for example {@code /metrics}
   * @throws RuntimeException when the question cannot be asked
   */
  Access check(String token, String path);
}
