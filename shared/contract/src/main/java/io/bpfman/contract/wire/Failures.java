package io.bpfman.contract.wire;

import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;

/**
 * {@link Failure} as a bus message and back; nothing is lost except a code that this version does
 * not know.
 */
public final class Failures {
  private Failures() {}

  public static io.bpfman.proto.bus.v1.Failure toProto(Failure failure) {
    return io.bpfman.proto.bus.v1.Failure.newBuilder()
        .setCode(failure.code().number())
        .setMessage(failure.message())
        .setHint(failure.hint())
        .setLog(failure.log())
        .build();
  }

  /** An unknown number becomes {@link FailureCode#INTERNAL}. */
  public static Failure fromProto(io.bpfman.proto.bus.v1.Failure failure) {
    return new Failure(
        FailureCode.ofNumber(failure.getCode()),
        failure.getMessage(),
        failure.getHint(),
        failure.getLog());
  }
}
