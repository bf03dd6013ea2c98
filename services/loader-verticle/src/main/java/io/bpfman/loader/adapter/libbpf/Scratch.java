package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Zeroed native memory that is freed on close, not by the garbage collector. One thread. */
final class Scratch implements AutoCloseable {
  private final LibC c;
  private final Runtime runtime;
  private final List<Pointer> blocks = new ArrayList<>();

  Scratch(LibC c, Runtime runtime) {
    this.c = c;
    this.runtime = runtime;
  }

  Pointer zeroed(long bytes) {
    Pointer block = c.calloc(1, bytes);
    if (block == null) {
      throw FailureCode.KERNEL_REFUSED.because(
          "no memory for a native buffer of %d bytes".formatted(bytes));
    }
    blocks.add(block);
    return Pointer.wrap(runtime, block.address(), bytes);
  }

  /** UTF-8 with a closing NUL. */
  Pointer text(String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    Pointer block = zeroed(content.length + 1L);
    block.put(0, content, 0, content.length);
    return block;
  }

  @Override
  public void close() {
    blocks.forEach(c::free);
    blocks.clear();
  }
}
