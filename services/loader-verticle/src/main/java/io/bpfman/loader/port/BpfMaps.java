package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries of living maps. Blocks; any platform thread, several at once; no descriptor outlives a
 * call. MAP_NOT_FOUND for a map that is gone, INVALID_REQUEST for a key or value of another size,
 * KERNEL_UNSUPPORTED for maps without keys (ring buffers, queues ...).
 */
public interface BpfMaps {
  MapFacts facts(MapRef map);

  /**
   * Entries in the kernel's order, at most {@code maxEntries} and at most 16 MiB of them. Entries
   * that come or go meanwhile may be left out; in a hash map that changes all the time some may
   * appear twice.
   */
  MapDump dump(MapRef map, int maxEntries);

  /**
   * The next entries, about 256 KiB of them. Nothing is held between two calls; for changing maps
   * the same holds as for {@link #dump}.
   *
   * @param from of the page before; null: the first
   */
  MapPage page(MapRef map, MapPage.@Nullable Position from);

  /** Empty when there is no such entry. */
  Optional<MapDump.Entry> lookup(MapRef map, Bytes key);

  /**
   * Writes one entry.
   *
   * @param values one, or in a per-CPU map as many as there are possible CPUs; one value is written
   *     for each of them
   */
  void update(MapRef map, Bytes key, List<Bytes> values, UpdateMode mode);

  /** False when there is no such entry. */
  boolean delete(MapRef map, Bytes key);

  /** The bytes of a BTF object; empty when it is gone. */
  Optional<Bytes> typeInformation(long btfId);

  /** What may exist before an update. */
  enum UpdateMode {
    ANY,
    NOEXIST,
    EXIST
  }
}
