package io.bpfman.contract.grpc;

import io.bpfman.model.Failure;
import org.jspecify.annotations.Nullable;

/** A call that the server answered with another status than OK. */
final class GrpcStatusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final @Nullable String verifierLogId;

  /**
   * @param verifierLogId where the full verifier log can be asked for; null when there is none
   */
  GrpcStatusException(String status, Failure failure, @Nullable String verifierLogId) {
    super("gRPC status " + status + ": " + failure.message());
    this.failure = failure;
    this.verifierLogId = verifierLogId;
  }

  Failure failure() {
    return failure;
  }

  @Nullable String verifierLogId() {
    return verifierLogId;
  }
}
