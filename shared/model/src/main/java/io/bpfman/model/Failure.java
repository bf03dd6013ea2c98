package io.bpfman.model;

/**
 * A failure as data, the same on every edge.
 *
 * @param message names the thing and the limit, one sentence
 * @param hint the way out; may be empty
 * @param log full verifier log; empty for other failures
 */
public record Failure(FailureCode code, String message, String hint, String log) {

  /** Message and hint as one text. */
  public String describe() {
    return hint.isEmpty() ? message : message + "; " + hint;
  }

  public Failure withLog(String newLog) {
    return new Failure(code, message, hint, newLog);
  }

  /**
   * The failure that an exception carries; {@link FailureCode#INTERNAL} for one of another kind.
   */
  public static Failure of(Throwable thrown) {
    if (thrown instanceof BpfmanException known) {
      return known.failure();
    }
    String text = thrown.getMessage() == null ? "no message" : thrown.getMessage();
    return new Failure(
        FailureCode.INTERNAL, thrown.getClass().getSimpleName() + ": " + text, "", "");
  }
}
