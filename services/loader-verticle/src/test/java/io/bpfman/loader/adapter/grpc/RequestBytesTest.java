package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import org.junit.jupiter.api.Test;

class RequestBytesTest {
  private final RequestBytes bytes = new RequestBytes();

  @Test
  void requestsBeyondTheLimitAreRefusedUntilOthersEnd() {
    bytes.take(RequestBytes.LIMIT - 1);
    bytes.take(1);
    BpfmanException full = assertThrows(BpfmanException.class, () -> bytes.take(1));
    assertEquals(FailureCode.TOO_MANY_CALLS, full.failure().code());
    assertEquals(
        "the requests under way would hold more than 33554432 bytes, which is the limit for all of"
            + " them",
        full.failure().message());
    bytes.give(1);
    bytes.take(1);
  }
}
