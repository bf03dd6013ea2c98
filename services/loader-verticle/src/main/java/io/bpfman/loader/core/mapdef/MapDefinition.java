package io.bpfman.loader.core.mapdef;

import org.jspecify.annotations.Nullable;

/**
 * A map as an object declares it.
 *
 * @param type bpf_map_type
 * @param maxEntries for ring buffers bytes
 * @param flags BPF_F_ bits
 * @param inner what the maps in this map are like; null when that is not declared
 */
public record MapDefinition(
    String name, int type, Sizes sizes, long maxEntries, int flags, @Nullable MapDefinition inner) {

  /** Bytes, unsigned. */
  public record Sizes(long key, long value) {}

  String kind() {
    return MapKinds.name(type);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /** All properties, for a refusal without a better explanation. */
  public String describe() {
    return "%s, key of %d bytes, value of %d bytes, %d entries, flags 0x%x"
        .formatted(kind(), sizes.key, sizes.value, maxEntries, flags);
  }
}
