package io.bpfman.model;

/**
 * gRPC status codes in use (google.rpc.Code); a copy of the numbers so that the domain stays free
 * of gRPC.
 */
public enum GrpcCode {
  CANCELLED(1),
  INVALID_ARGUMENT(3),
  DEADLINE_EXCEEDED(4),
  NOT_FOUND(5),
  PERMISSION_DENIED(7),
  RESOURCE_EXHAUSTED(8),
  FAILED_PRECONDITION(9),
  UNIMPLEMENTED(12),
  INTERNAL(13),
  UNAVAILABLE(14);

  private final int number;

  GrpcCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
