package io.bpfman.testkit.peer;

/** A call that the Go client saw end with another status than OK. */
public final class GoStatusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  GoStatusException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** As Go spells it, for example {@code NotFound}. */
  public String code() {
    return code;
  }
}
