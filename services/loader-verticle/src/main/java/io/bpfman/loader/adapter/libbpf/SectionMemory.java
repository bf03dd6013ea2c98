package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import jnr.ffi.Pointer;

/**
 * The only value of a map of global variables. It is mapped into memory where the kernel can do so
 * (BPF_F_MMAPABLE, Linux 5.5), because a map update would write the whole value and with it take
 * back what programs have changed since it was read. One use, one thread.
 */
final class SectionMemory {
  private static final int MMAPABLE = 1 << 10;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;

  private final Natives natives;
  private final Descriptor map;
  private final MapShape shape;

  SectionMemory(Natives natives, Descriptor map, MapShape shape) {
    this.natives = natives;
    this.map = map;
    this.shape = shape;
  }

  Bytes read(int offset, int size) {
    require(offset, size);
    byte[] content = new byte[size];
    if (mappable()) {
      mapped(PROT_READ, offset + size, value -> value.get(offset, content, 0, size));
    } else {
      try (Scratch memory = natives.scratch()) {
        lookUp(memory, memory.zeroed(Integer.BYTES)).get(offset, content, 0, size);
      }
    }
    return Bytes.of(content);
  }

  void write(int offset, Bytes content) {
    require(offset, content.size());
    if (mappable()) {
      mapped(
          PROT_READ | PROT_WRITE,
          offset + content.size(),
          value -> store(value, offset, content.toArray()));
      return;
    }
    try (Scratch memory = natives.scratch()) {
      Pointer key = memory.zeroed(Integer.BYTES);
      Pointer value = lookUp(memory, key);
      value.put(offset, content.toArray(), 0, content.size());
      int result = natives.bpf().bpf_map_update_elem(map.number(), key, value, 0);
      if (result < 0) {
        throw refused(-result);
      }
    }
  }

  /** Numbers at once, so that no program ever reads half of one. */
  private static void store(Pointer value, int offset, byte[] content) {
    ByteBuffer from = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
    boolean aligned = offset % content.length == 0;
    switch (aligned ? content.length : 0) {
      case Short.BYTES -> value.putShort(offset, from.getShort(0));
      case Integer.BYTES -> value.putInt(offset, from.getInt(0));
      case Long.BYTES -> value.putLongLong(offset, from.getLong(0));
      default -> value.put(offset, content, 0, content.length);
    }
  }

  private void require(int offset, int size) {
    if (offset < 0 || size < 1 || (long) offset + size > shape.facts().valueSize()) {
      throw new IllegalArgumentException(
          "%d bytes at %d of %d".formatted(size, offset, shape.facts().valueSize()));
    }
  }

  private boolean mappable() {
    return (shape.facts().flags() & MMAPABLE) != 0;
  }

  private void mapped(int protection, long size, Consumer<Pointer> access) {
    long address = natives.c().mmap(null, size, protection, MAP_SHARED, map.number(), 0);
    if (address == -1) {
      throw refused(natives.errno());
    }
    try {
      access.accept(Pointer.wrap(natives.runtime(), address, size));
    } finally {
      natives.c().munmap(address, size);
    }
  }

  private Pointer lookUp(Scratch memory, Pointer key) {
    Pointer value = memory.zeroed(shape.valueBytes());
    int result = natives.bpf().bpf_map_lookup_elem(map.number(), key, value);
    if (result < 0) {
      throw shape.refused("read", -result);
    }
    return value;
  }

  private RuntimeException refused(int errno) {
    return errno == Errno.EPERM || errno == Errno.EACCES
        ? FailureCode.INVALID_REQUEST.because(
            "%s is read-only: it was frozen when the program was loaded".formatted(shape.what()),
            "load the program again with other global data (--global NAME=HEX)")
        : shape.refused("access", errno);
  }
}
