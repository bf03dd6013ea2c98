package io.bpfman.model;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of the domain; what happened is told by {@link #failure()}, never by a
 * subclass.
 */
public final class BpfmanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public BpfmanException(Failure failure, @Nullable Throwable cause) {
    super(failure.describe(), cause);
    this.failure = failure;
  }

  public BpfmanException(Failure failure) {
    this(failure, null);
  }

  public Failure failure() {
    return failure;
  }

  public FailureCode code() {
    return failure.code();
  }
}
