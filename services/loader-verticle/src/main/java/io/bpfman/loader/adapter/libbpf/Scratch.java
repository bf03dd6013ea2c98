package io.bpfman.loader.adapter.libbpf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** Zeroed native memory that is given back on close, not by the garbage collector. One thread. */
final class Scratch implements AutoCloseable {
  private static final int ALIGNMENT = 16;

  private final LibC c;
  private final Runtime runtime;
  private final ScratchBlocks blocks;
  private final List<Pointer> large = new ArrayList<>(0);
  private @Nullable Pointer block;
  private int used;

  Scratch(LibC c, Runtime runtime, ScratchBlocks blocks) {
    this.c = c;
    this.runtime = runtime;
    this.blocks = blocks;
  }

  Pointer zeroed(long bytes) {
    long address = used + bytes <= ScratchBlocks.BYTES ? part((int) bytes) : own(bytes);
    return Pointer.wrap(runtime, address, bytes);
  }

  /** The next bytes of a block that many use by turns. */
  private long part(int bytes) {
    Pointer from = block;
    if (from == null) {
      from = blocks.take();
      block = from;
    }
    long address = from.address() + used;
    from.setMemory(used, bytes, (byte) 0);
    used += (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    return address;
  }

  private long own(long bytes) {
    Pointer allocated = blocks.allocate(bytes);
    large.add(allocated);
    return allocated.address();
  }

  /** UTF-8 with a closing NUL. */
  Pointer text(String value) {
    byte[] content = value.getBytes(StandardCharsets.UTF_8);
    Pointer text = zeroed(content.length + 1L);
    text.put(0, content, 0, content.length);
    return text;
  }

  @Override
  public void close() {
    large.forEach(c::free);
    large.clear();
    Pointer taken = block;
    if (taken != null) {
      block = null;
      used = 0;
      blocks.giveBack(taken);
    }
  }
}
