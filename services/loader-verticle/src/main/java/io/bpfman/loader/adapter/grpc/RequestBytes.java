package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.FailureCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of the requests under way, from their arrival to their answer: many large ones that wait
 * for their turn would fill the heap. Thread-safe.
 */
final class RequestBytes {
  /** A request has 4 MiB at most and some hundred bytes usually. */
  static final long LIMIT = 32L << 20;

  private final AtomicLong held = new AtomicLong();

  /** TOO_MANY_CALLS when there is no room; else {@link #give} follows. */
  void take(long bytes) {
    if (held.addAndGet(bytes) > LIMIT) {
      give(bytes);
      throw FailureCode.TOO_MANY_CALLS.because(
          "the requests under way would hold more than %d bytes, which is the limit for all of them"
              .formatted(LIMIT),
          "call again when others have ended, or send smaller requests");
    }
  }

  void give(long bytes) {
    held.addAndGet(-bytes);
  }
}
