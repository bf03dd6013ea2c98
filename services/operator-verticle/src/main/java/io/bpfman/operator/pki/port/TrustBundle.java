package io.bpfman.operator.pki.port;

/** Where others learn which authorities to trust. */
public interface TrustBundle {
  /** What had to be done. */
  enum Outcome {
    UNCHANGED,
    WRITTEN,
    /** There is nobody who could be told. */
    NO_CONFIGURATION
  }

  /**
   * Makes them trust exactly {@code bundle}. Idempotent, blocks.
   *
   * @param bundle PEM
   * @throws RuntimeException when that is not possible
   */
  Outcome publish(String bundle);
}
