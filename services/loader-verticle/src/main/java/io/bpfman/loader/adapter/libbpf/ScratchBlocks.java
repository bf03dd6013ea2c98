package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.util.concurrent.ArrayBlockingQueue;
import jnr.ffi.Pointer;

/**
 * A few native blocks that are handed from call to call, because most calls need one and allocating
 * from Java costs as much as a system call. Thread-safe.
 */
final class ScratchBlocks {
  /** Holds what one system call usually needs. */
  static final int BYTES = 4096;

  private static final int KEPT = 16;

  private final LibC c;
  private final ArrayBlockingQueue<Pointer> idle = new ArrayBlockingQueue<>(KEPT);

  ScratchBlocks(LibC c) {
    this.c = c;
  }

  /** {@link #BYTES} of whatever content; the caller gives them back. */
  Pointer take() {
    Pointer known = idle.poll();
    return known == null ? allocate(BYTES) : known;
  }

  void giveBack(Pointer block) {
    if (!idle.offer(block)) {
      c.free(block);
    }
  }

  /** Zeroed memory that the caller frees. */
  Pointer allocate(long bytes) {
    Pointer block = c.calloc(1, bytes);
    if (block == null) {
      throw FailureCode.KERNEL_REFUSED.because(
          "no memory for a native buffer of %d bytes".formatted(bytes));
    }
    return block;
  }
}
