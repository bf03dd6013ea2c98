package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.MapDump;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all entries of a map: in batches where kernel and map type have them (Linux 5.6),
 * else key by key. One use, one thread.
 */
final class MapWalk {
  /** Of one dump; larger ones are cut. */
  private static final long MAX_BYTES = 16L << 20;

  /** Of one batch. */
  private static final long BATCH_BYTES = 2L << 20;

  private static final int MAX_BATCH = 16_384;
  private static final int MIN_BATCH = 64;

  private final Natives natives;
  private final Descriptor map;
  private final MapShape shape;
  private final List<MapDump.Entry> entries = new ArrayList<>();

  MapWalk(Natives natives, Descriptor map, MapShape shape) {
    this.natives = natives;
    this.map = map;
    this.shape = shape;
  }

  MapDump dump(int maxEntries) {
    int room = (int) Math.min(maxEntries, Math.max(1, MAX_BYTES / shape.entryBytes()));
    int batch = (int) Math.clamp(BATCH_BYTES / shape.entryBytes(), MIN_BATCH, MAX_BATCH);
    boolean more = inBatches(room, batch);
    boolean cut = more || entries.size() > room;
    List<MapDump.Entry> shown = entries.size() > room ? entries.subList(0, room) : entries;
    return new MapDump(
        shape.facts().id(),
        shape.facts().type(),
        shape.facts().keySize(),
        shape.facts().valueSize(),
        List.copyOf(shown),
        cut);
  }

  /** Answers whether there is more; without batches, or when one cannot hold a bucket, by key. */
  private boolean inBatches(int room, int batch) {
    try (Scratch memory = natives.scratch()) {
      int keySize = shape.facts().keySize();
      Pointer end = memory.zeroed(Math.max(Long.BYTES, keySize));
      var buffers =
          new BpfSyscall.BatchBuffers(
              end,
              memory.zeroed(Math.max(1, (long) batch * keySize)),
              memory.zeroed(batch * shape.valueBytes()),
              memory.zeroed(Integer.BYTES),
              batch);
      BpfSyscall calls = new BpfSyscall(natives);
      int result = calls.lookUpBatch(map.number(), null, buffers);
      while (result == 0 && entries.size() + buffers.count().getInt(0) <= room) {
        add(buffers);
        result = calls.lookUpBatch(map.number(), end, buffers);
      }
      if (result == 0 || result == -Errno.ENOENT) {
        add(buffers);
        return result == 0;
      }
      entries.clear();
      return byKey(room, memory);
    }
  }

  private void add(BpfSyscall.BatchBuffers buffers) {
    int count = buffers.count().getInt(0);
    byte[] keys = new byte[count * shape.facts().keySize()];
    byte[] values = new byte[(int) (count * shape.valueBytes())];
    buffers.keys().get(0, keys, 0, keys.length);
    buffers.values().get(0, values, 0, values.length);
    for (int i = 0; i < count; i++) {
      entries.add(shape.entry(keys, values, i));
    }
  }

  private boolean byKey(int room, Scratch memory) {
    int keySize = Math.max(1, shape.facts().keySize());
    Pointer key = memory.zeroed(keySize);
    Pointer next = memory.zeroed(keySize);
    Pointer value = memory.zeroed(shape.valueBytes());
    byte[] content = new byte[shape.facts().keySize()];
    boolean more = advance(null, next);
    while (more && entries.size() < room) {
      next.get(0, content, 0, content.length);
      key.put(0, content, 0, content.length);
      read(key, value, content);
      more = advance(key, next);
    }
    return more;
  }

  private boolean advance(@Nullable Pointer key, Pointer next) {
    int result = natives.bpf().bpf_map_get_next_key(map.number(), key, next);
    if (result < 0 && result != -Errno.ENOENT) {
      throw shape.refused("read", -result);
    }
    return result == 0;
  }

  /** An entry that was deleted meanwhile is left out. */
  private void read(Pointer key, Pointer value, byte[] keyBytes) {
    int result = natives.bpf().bpf_map_lookup_elem(map.number(), key, value);
    if (result == 0) {
      byte[] values = new byte[(int) shape.valueBytes()];
      value.get(0, values, 0, values.length);
      entries.add(shape.entry(keyBytes, values, 0));
    } else if (result != -Errno.ENOENT) {
      throw shape.refused("read", -result);
    }
  }
}
