package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel lays out an entry in memory.
 *
 * @param what the map, for messages
 * @param values of one entry: 1, or as many as there are possible CPUs
 * @param stride bytes from one value to the next
 */
record MapShape(String what, MapFacts facts, int values, int stride) {
  private static final int INFO_BYTES = 80;
  private static final int ALIGNMENT = 8;

  /** Per-CPU hash, array, LRU hash and cgroup storage. */
  private static final Set<Integer> PER_CPU = Set.of(5, 6, 10, 21);

  static MapShape of(String what, MapFacts facts) {
    return PER_CPU.contains(facts.type())
        ? new MapShape(
            what,
            facts,
            PossibleCpus.count(),
            (facts.valueSize() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)
        : new MapShape(what, facts, 1, facts.valueSize());
  }

  /** Reads struct bpf_map_info; its first 80 bytes are known since Linux 4.18. */
  static MapFacts read(Natives natives, Handles handles, Descriptor map) {
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      handles.readInfo(map.number(), info, INFO_BYTES);
      return new MapFacts(
          Integer.toUnsignedLong(info.getInt(4)),
          info.getInt(0),
          info.getInt(8),
          info.getInt(12),
          info.getInt(16),
          info.getInt(20),
          name(info),
          Integer.toUnsignedLong(info.getInt(64)),
          info.getInt(68),
          info.getInt(72));
    }
  }

  private static String name(Pointer info) {
    byte[] text = new byte[16];
    info.get(24, text, 0, text.length);
    return new String(text, StandardCharsets.UTF_8).replaceFirst("\0.*", "");
  }

  /** Bytes of all values of one entry. */
  long valueBytes() {
    return Math.max(1, (long) stride * values);
  }

  long entryBytes() {
    return valueBytes() + facts.keySize();
  }

  /** MESSAGE_TOO_LARGE when an entry is more than anybody may ask for at once. */
  void requireModest() {
    if (valueBytes() > BpfMaps.MAX_ENTRY_BYTES) {
      throw FailureCode.MESSAGE_TOO_LARGE.because(
          "an entry of %s has %d bytes%s; the limit is %d (4 MiB)"
              .formatted(
                  what,
                  valueBytes(),
                  values > 1 ? " (%d CPUs, %d each)".formatted(values, stride) : "",
                  BpfMaps.MAX_ENTRY_BYTES),
          "read it on the node, for example with `bpftool map lookup id %d`; global variables one"
                  .formatted(facts.id())
              + " by one, with `bpfman map lookup PROGRAM_ID SECTION VARIABLE`");
    }
  }

  /** Null for maps without keys. */
  @Nullable Pointer key(Scratch memory, Bytes key) {
    if (key.size() != facts.keySize()) {
      throw FailureCode.INVALID_REQUEST.because(
          "a key of %s has %d bytes, the given one (%s) %d"
              .formatted(what, facts.keySize(), key, key.size()),
          "give as many bytes as the key has");
    }
    if (key.size() == 0) {
      return null;
    }
    Pointer block = memory.zeroed(key.size());
    block.put(0, key.toArray(), 0, key.size());
    return block;
  }

  /** One value for all CPUs is written for each of them. */
  Pointer values(Scratch memory, List<Bytes> given) {
    if (given.size() != 1 && given.size() != values) {
      throw FailureCode.INVALID_REQUEST.because(
          "an entry of %s has %d values, %d were given".formatted(what, values, given.size()),
          "give one value" + (values > 1 ? ", or one for each possible CPU" : ""));
    }
    Pointer block = memory.zeroed(valueBytes());
    for (int i = 0; i < values; i++) {
      Bytes value = given.get(given.size() == 1 ? 0 : i);
      if (value.size() != facts.valueSize()) {
        throw FailureCode.INVALID_REQUEST.because(
            "a value of %s has %d bytes, the given one %d"
                .formatted(what, facts.valueSize(), value.size()),
            "give as many bytes as the value has");
      }
      block.put((long) i * stride, value.toArray(), 0, value.size());
    }
    return block;
  }

  /** The entry at an index of a batch. */
  MapEntry entry(byte[] keys, byte[] blocks, int index) {
    int start = index * facts.keySize();
    Bytes key = Bytes.of(Arrays.copyOfRange(keys, start, start + facts.keySize()));
    List<Bytes> list = new ArrayList<>(values);
    for (int i = 0; i < values; i++) {
      int at = (index * values + i) * stride;
      list.add(Bytes.of(Arrays.copyOfRange(blocks, at, at + facts.valueSize())));
    }
    return new MapEntry(key, list);
  }

  /** What went wrong with an errno of an access by key. */
  RuntimeException refused(String action, int errno) {
    return errno == Errno.EINVAL || errno == Errno.EOPNOTSUPP || errno == Errno.ENOTSUPP
        ? FailureCode.KERNEL_UNSUPPORTED.because(
            "%s of type %d has no entries that can be read by key: cannot %s it"
                .formatted(what, facts.type(), action))
        : KernelErrors.refused("%s %s".formatted(action, what), errno);
  }
}
