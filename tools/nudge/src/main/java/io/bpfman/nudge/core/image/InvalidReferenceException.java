package io.bpfman.nudge.core.image;

/** Text that is no image reference, or not one of the kind that is needed. */
public final class InvalidReferenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidReferenceException(String message) {
    super(message);
  }
}
