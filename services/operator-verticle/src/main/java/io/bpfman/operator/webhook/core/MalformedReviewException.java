package io.bpfman.operator.webhook.core;

import org.jspecify.annotations.Nullable;

/** Not a question that this webhook can answer. The message is a sentence for who asked. */
public final class MalformedReviewException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedReviewException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
