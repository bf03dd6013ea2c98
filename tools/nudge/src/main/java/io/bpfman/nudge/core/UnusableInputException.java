package io.bpfman.nudge.core;

import org.jspecify.annotations.Nullable;

/** Input that cannot be worked on; nothing was written. */
public final class UnusableInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Place place;
  private final String reason;

  /** A sentence whose place is in its words. */
  public UnusableInputException(String message) {
    super(message);
    this.place = Place.of("");
    this.reason = message;
  }

  /** {@code cause} is shown to nobody, but kept. */
  public UnusableInputException(Place place, String reason, @Nullable Throwable cause) {
    super(place + ": " + reason, cause);
    this.place = place;
    this.reason = reason;
  }

  /** A sentence with its place. */
  public UnusableInputException(Place place, String reason) {
    this(place, reason, null);
  }

  /** As a finding; {@code file} is its place when the exception knows none. */
  public Finding finding(String file) {
    return new Finding(GraphRule.UNUSABLE, place.file().isEmpty() ? Place.of(file) : place, reason);
  }
}
