package io.bpfman.loader.adapter.grpc;

import io.bpfman.model.FailureCode;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of dumps that were read from the kernel and not yet sent. Thread-safe. */
final class DumpRoom {
  private final long limit;
  private final AtomicLong held = new AtomicLong();

  DumpRoom(long limit) {
    this.limit = limit;
  }

  /** MESSAGE_TOO_LARGE when there is no room; else the caller gives it back. */
  void take(long bytes) {
    if (held.addAndGet(bytes) > limit) {
      giveBack(bytes);
      throw FailureCode.MESSAGE_TOO_LARGE.because(
          "dumps that their clients do not read hold %d bytes of the daemon; the limit is %d"
              .formatted(held.get(), limit),
          "end those clients, then dump again");
    }
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }
}
