package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.MapDump;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** Reads the entries of pinned maps, at most 16 MiB of values at a time. */
final class MapReader {
  private static final Path POSSIBLE_CPUS = Path.of("/sys/devices/system/cpu/possible");
  private static final long MAX_BYTES = 16L << 20;
  private static final int ALIGNMENT = 8;

  private final Natives natives;
  private final Handles handles;

  MapReader(Natives natives, Handles handles) {
    this.natives = natives;
    this.handles = handles;
  }

  /**
   * MAP_NOT_FOUND without the pin; KERNEL_UNSUPPORTED for maps without keys (ring buffers, queues
   * ...).
   */
  MapDump dump(Path pin, int maxEntries) {
    try (Descriptor map =
        handles
            .openPin(pin)
            .orElseThrow(() -> FailureCode.MAP_NOT_FOUND.because("no map is pinned at " + pin))) {
      MapInfo info = MapInfo.of(natives, handles, map);
      return new Walk(pin, map, info).dump(maxEntries);
    }
  }

  /**
   * Number of values of a per-CPU entry: the highest possible CPU plus one, from text like {@code
   * 0-3,8}.
   */
  static int cpuCount(String possible) {
    int highest = 0;
    for (String part : possible.strip().split("[,-]", -1)) {
      highest = Math.max(highest, Integer.parseInt(part));
    }
    return highest + 1;
  }

  private static int possibleCpus() {
    try {
      return cpuCount(Files.readString(POSSIBLE_CPUS));
    } catch (IOException unreadable) {
      throw FailureCode.INTERNAL.because(
          "the number of CPUs cannot be read from " + POSSIBLE_CPUS, "mount /sys", unreadable);
    }
  }

  /** One pass over one map. */
  private final class Walk {
    private final Path pin;
    private final Descriptor map;
    private final MapInfo info;
    private final int values;
    private final int stride;

    Walk(Path pin, Descriptor map, MapInfo info) {
      this.pin = pin;
      this.map = map;
      this.info = info;
      this.values = info.perCpu() ? possibleCpus() : 1;
      this.stride =
          info.perCpu()
              ? (info.valueSize() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT
              : info.valueSize();
    }

    MapDump dump(int maxEntries) {
      long perEntry = Math.max(1, (long) stride * values + info.keySize());
      int room = (int) Math.min(maxEntries, Math.max(1, MAX_BYTES / perEntry));
      try (Scratch memory = natives.scratch()) {
        Pointer key = memory.zeroed(Math.max(1, info.keySize()));
        Pointer next = memory.zeroed(Math.max(1, info.keySize()));
        Pointer value = memory.zeroed(Math.max(1, (long) stride * values));
        List<MapDump.Entry> entries = new ArrayList<>();
        boolean more = advance(null, next);
        while (more && entries.size() < room) {
          copy(next, key);
          read(key, value, entries);
          more = advance(key, next);
        }
        return new MapDump(
            info.id(), info.type(), info.keySize(), info.valueSize(), List.copyOf(entries), more);
      }
    }

    private boolean advance(@Nullable Pointer key, Pointer next) {
      int result = natives.bpf().bpf_map_get_next_key(map.number(), key, next);
      if (result < 0 && result != -Errno.ENOENT) {
        throw unreadable(-result);
      }
      return result == 0;
    }

    /** An entry that was deleted meanwhile is left out. */
    private void read(Pointer key, Pointer value, List<MapDump.Entry> entries) {
      int result = natives.bpf().bpf_map_lookup_elem(map.number(), key, value);
      if (result == 0) {
        entries.add(new MapDump.Entry(bytes(key, 0, info.keySize()), values(value)));
      } else if (result != -Errno.ENOENT) {
        throw unreadable(-result);
      }
    }

    private List<Bytes> values(Pointer value) {
      List<Bytes> list = new ArrayList<>(values);
      for (int i = 0; i < values; i++) {
        list.add(bytes(value, (long) i * stride, info.valueSize()));
      }
      return List.copyOf(list);
    }

    private RuntimeException unreadable(int errno) {
      return errno == Errno.EINVAL || errno == Errno.EOPNOTSUPP || errno == Errno.ENOTSUPP
          ? FailureCode.KERNEL_UNSUPPORTED.because(
              "map %s of type %d has no entries that can be read by key"
                  .formatted(pin, info.type()))
          : KernelErrors.refused("read map " + pin, errno);
    }

    private void copy(Pointer from, Pointer to) {
      byte[] content = new byte[info.keySize()];
      from.get(0, content, 0, content.length);
      to.put(0, content, 0, content.length);
    }
  }

  private static Bytes bytes(Pointer memory, long offset, int size) {
    byte[] content = new byte[size];
    memory.get(offset, content, 0, size);
    return Bytes.of(content);
  }
}
