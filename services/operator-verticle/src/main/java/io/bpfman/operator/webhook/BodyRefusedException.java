package io.bpfman.operator.webhook;

/** A body that is not read to its end; one sentence. */
final class BodyRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String sentence;

  BodyRefusedException(int status, String sentence) {
    super(sentence);
    this.status = status;
    this.sentence = sentence;
  }

  /** Why; for the answer. */
  String sentence() {
    return sentence;
  }

  /** For the answer. */
  int status() {
    return status;
  }
}
