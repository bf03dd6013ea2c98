package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entries of living maps. Blocks; any platform thread, several at once; no descriptor outlives a
 * call. MAP_NOT_FOUND for a map that is gone, INVALID_REQUEST for a key or value of another size,
 * KERNEL_UNSUPPORTED for what a type of map cannot do, MESSAGE_TOO_LARGE for an entry with more
 * than {@link #MAX_ENTRY_BYTES}.
 */
public interface BpfMaps {
  /** Bytes of the values of one entry: of all CPUs together in a per-CPU map. */
  int MAX_ENTRY_BYTES = 4 << 20;

  MapFacts facts(MapRef map);

  /**
   * The next entries in the kernel's order, about 256 KiB of them, or one. Nothing is held between
   * two calls: entries that come or go meanwhile may be left out; in a hash map that changes all
   * the time some may appear twice.
   *
   * @param from of the page before; null: the first
   */
  MapPage page(MapRef map, MapPage.@Nullable Position from);

  /**
   * Empty when there is no such entry.
   *
   * @param key empty for queues and stacks: the next element, which stays
   */
  Optional<MapEntry> lookup(MapRef map, Bytes key);

  /**
   * Bytes of the only value of a map of global variables.
   *
   * @param size at most {@link #MAX_ENTRY_BYTES}
   */
  Bytes part(MapRef map, int offset, int size);

  /**
   * Writes into the only value of a map of global variables and touches nothing else of it; before
   * Linux 5.5 what programs change meanwhile beside these bytes may be lost.
   */
  void writePart(MapRef map, int offset, Bytes content);

  /**
   * Writes one entry.
   *
   * @param key empty for queues and stacks: the value becomes an element
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
