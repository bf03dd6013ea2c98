package io.bpfman.operator.webhook;

/** A body that is not read to its end; one sentence. */
final class BodyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  BodyRefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** For the answer. */
  int status() {
    return status;
  }
}
