package io.bpfman.loader.adapter.libbpf;

import java.util.List;
import java.util.stream.IntStream;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * bpf(2) itself, for what libbpf 1.1 does not know: TCX links with an order, and the programs on a
 * TCX hook (Linux 6.6); and for calls of seven parameters, which jffi cannot be trusted with.
 */
final class BpfSyscall {
  static final int F_BEFORE = 1 << 3;
  static final int F_AFTER = 1 << 4;
  static final int F_ID = 1 << 5;
  static final int F_LINK = 1 << 13;

  private static final int BPF_PROG_QUERY = 16;
  private static final int BPF_MAP_LOOKUP_BATCH = 24;
  private static final int BPF_LINK_CREATE = 28;
  private static final int ATTRIBUTE_BYTES = 64;
  private static final int MAX_QUERIED = 256;

  private final Natives natives;

  BpfSyscall(Natives natives) {
    this.natives = natives;
  }

  /**
   * Attributes of a link on an interface.
   *
   * @param relativeLink kernel id of another TCX link when {@code flags} say so, else 0
   */
  record InterfaceLink(
      int program, int interfaceIndex, int attachType, int flags, long relativeLink) {}

  /** Descriptor of the link, or a negative errno. */
  int createLink(InterfaceLink link) {
    try (Scratch memory = natives.scratch()) {
      Pointer attribute = memory.zeroed(ATTRIBUTE_BYTES);
      attribute.putInt(0, link.program());
      attribute.putInt(4, link.interfaceIndex());
      attribute.putInt(8, link.attachType());
      attribute.putInt(12, link.flags());
      attribute.putInt(16, (int) link.relativeLink());
      return call(BPF_LINK_CREATE, attribute);
    }
  }

  /**
   * Ids of the programs on a TCX hook of the calling thread's network namespace, in running order.
   */
  List<Long> tcxPrograms(int interfaceIndex, int attachType) {
    try (Scratch memory = natives.scratch()) {
      Pointer ids = memory.zeroed((long) MAX_QUERIED * Integer.BYTES);
      Pointer attribute = memory.zeroed(ATTRIBUTE_BYTES);
      attribute.putInt(0, interfaceIndex);
      attribute.putInt(4, attachType);
      attribute.putLong(16, ids.address());
      attribute.putInt(24, MAX_QUERIED);
      int result = call(BPF_PROG_QUERY, attribute);
      if (result < 0) {
        throw KernelErrors.refused("list the TCX programs of interface " + interfaceIndex, -result);
      }
      return IntStream.range(0, attribute.getInt(24))
          .mapToObj(i -> Integer.toUnsignedLong(ids.getInt((long) i * Integer.BYTES)))
          .toList();
    }
  }

  /**
   * BPF_MAP_LOOKUP_BATCH: up to {@code room} entries; 0 or a negative errno, -ENOENT with the last
   * of them. The first int of {@code count} gets how many there are.
   *
   * @param resume where the batch before ended; null for the first
   */
  int lookUpBatch(int map, @Nullable Pointer resume, BatchBuffers buffers) {
    try (Scratch memory = natives.scratch()) {
      Pointer attribute = memory.zeroed(ATTRIBUTE_BYTES);
      attribute.putLong(0, resume == null ? 0 : resume.address());
      attribute.putLong(8, buffers.end().address());
      attribute.putLong(16, buffers.keys().address());
      attribute.putLong(24, buffers.values().address());
      attribute.putInt(32, buffers.room());
      attribute.putInt(36, map);
      int result = call(BPF_MAP_LOOKUP_BATCH, attribute);
      buffers.count().putInt(0, attribute.getInt(32));
      return result;
    }
  }

  /**
   * Where a batch goes.
   *
   * @param end gets where to resume; at least a key long, and at least 8 bytes
   * @param count gets how many entries there are
   * @param room entries that fit
   */
  record BatchBuffers(Pointer end, Pointer keys, Pointer values, Pointer count, int room) {}

  private int call(int command, Pointer attribute) {
    long result = natives.c().syscall(natives.calls().bpf(), command, attribute, ATTRIBUTE_BYTES);
    return result < 0 ? -natives.errno() : (int) result;
  }
}
