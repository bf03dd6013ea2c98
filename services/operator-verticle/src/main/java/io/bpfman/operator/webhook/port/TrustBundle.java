package io.bpfman.operator.webhook.port;

/** Where API servers learn which authorities to trust for the webhook. */
public interface TrustBundle {
  /** What had to be done. */
  enum Outcome {
    UNCHANGED,
    WRITTEN,
    /** There is no configuration of the webhook, so nobody calls it. */
    NO_CONFIGURATION
  }

  /**
   * Makes API servers trust exactly {@code bundle}. Idempotent, blocks.
   *
   * @param bundle PEM
   * @throws RuntimeException when that is not possible
   */
  Outcome publish(String bundle);
}
