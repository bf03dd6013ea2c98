package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.MapEntry;
import io.bpfman.loader.port.MapPage;
import io.bpfman.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * One page of a map: a batch where kernel and map type have them (Linux 5.6), else key by key. One
 * use, one thread.
 */
final class MapPages {
  private static final long PAGE_BYTES = 256L << 10;
  private static final int MAX_ENTRIES = 4096;

  /** Fewer do not hold a bucket of a hash map, which a batch must. */
  private static final int MIN_BATCH = 16;

  /** Of a batch that grew until it held a bucket. */
  private static final long LARGEST_BATCH_BYTES = 8L << 20;

  private final Natives natives;
  private final Descriptor map;
  private final MapShape shape;
  private final int room;

  MapPages(Natives natives, Descriptor map, MapShape shape) {
    this.natives = natives;
    this.map = map;
    this.shape = shape;
    this.room = (int) Math.clamp(PAGE_BYTES / shape.entryBytes(), 1, MAX_ENTRIES);
  }

  MapPage page(MapPage.@Nullable Position from) {
    shape.requireModest();
    if (from == null && room < MIN_BATCH) {
      return byKey(null);
    }
    if (from == null) {
      return batch(null, room).orElseGet(() -> byKey(null));
    }
    return from.byKey()
        ? byKey(from.at())
        : batch(from.at(), room).orElseThrow(() -> shape.refused("read", Errno.ENOSPC));
  }

  /** Empty when this map cannot be read so. */
  private Optional<MapPage> batch(@Nullable Bytes from, int entries) {
    try (Scratch memory = natives.scratch()) {
      int token = Math.max(Long.BYTES, shape.facts().keySize());
      var buffers =
          new BpfSyscall.BatchBuffers(
              memory.zeroed(token),
              memory.zeroed(Math.max(1, (long) entries * shape.facts().keySize())),
              memory.zeroed(entries * shape.valueBytes()),
              memory.zeroed(Integer.BYTES),
              entries);
      Pointer resume = from == null ? null : copy(memory, from);
      int result = new BpfSyscall(natives).lookUpBatch(map.number(), resume, buffers);
      if (result == -Errno.ENOSPC && entries * 2 * shape.entryBytes() <= LARGEST_BATCH_BYTES) {
        return batch(from, entries * 2);
      }
      if (result == 0 || result == -Errno.ENOENT) {
        return Optional.of(new MapPage(entries(buffers), next(result, token, buffers)));
      }
      if (from != null) {
        throw shape.refused("read", -result);
      }
      return Optional.empty();
    }
  }

  private static Pointer copy(Scratch memory, Bytes content) {
    Pointer copy = memory.zeroed(content.size());
    copy.put(0, content.toArray(), 0, content.size());
    return copy;
  }

  private static Optional<MapPage.Position> next(
      int result, int token, BpfSyscall.BatchBuffers buffers) {
    return result == 0
        ? Optional.of(new MapPage.Position(false, read(buffers.end(), token)))
        : Optional.empty();
  }

  private static Bytes read(Pointer memory, int size) {
    byte[] content = new byte[size];
    memory.get(0, content, 0, size);
    return Bytes.of(content);
  }

  private List<MapEntry> entries(BpfSyscall.BatchBuffers buffers) {
    int count = buffers.count().getInt(0);
    byte[] keys = new byte[count * shape.facts().keySize()];
    byte[] values = new byte[(int) (count * shape.valueBytes())];
    buffers.keys().get(0, keys, 0, keys.length);
    buffers.values().get(0, values, 0, values.length);
    List<MapEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(shape.entry(keys, values, i));
    }
    return entries;
  }

  private MapPage byKey(@Nullable Bytes last) {
    try (Scratch memory = natives.scratch()) {
      int keySize = Math.max(1, shape.facts().keySize());
      Pointer value = memory.zeroed(shape.valueBytes());
      Pointer next = memory.zeroed(keySize);
      Bytes at = last;
      List<MapEntry> entries = new ArrayList<>();
      while (entries.size() < room) {
        if (!advance(at == null ? null : copy(memory, at), next)) {
          return new MapPage(entries, Optional.empty());
        }
        at = read(next, keySize);
        lookUp(next, value, at).ifPresent(entries::add);
      }
      return new MapPage(
          entries, Optional.ofNullable(at).map(key -> new MapPage.Position(true, key)));
    }
  }

  private boolean advance(@Nullable Pointer key, Pointer next) {
    int result = natives.bpf().bpf_map_get_next_key(map.number(), key, next);
    if (result < 0 && result != -Errno.ENOENT) {
      throw shape.refused("read", -result);
    }
    return result == 0;
  }

  /** Empty for an entry that was deleted meanwhile. */
  private Optional<MapEntry> lookUp(Pointer key, Pointer value, Bytes keyBytes) {
    int result = natives.bpf().bpf_map_lookup_elem(map.number(), key, value);
    if (result == -Errno.ENOENT) {
      return Optional.empty();
    }
    if (result < 0) {
      throw shape.refused("read", -result);
    }
    byte[] values = new byte[(int) shape.valueBytes()];
    value.get(0, values, 0, values.length);
    return Optional.of(shape.entry(keyBytes.toArray(), values, 0));
  }
}
