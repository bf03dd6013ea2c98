package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.mapdef.MapDefinition;
import jnr.ffi.Pointer;

/**
 * Sizes that objects declare for maps that have none. Sources name the type of a ring buffer's
 * records, from which generators make the type for Go; the kernel refuses such a size.
 */
final class MapSizes {
  private static final int PERF_EVENT_ARRAY = 4;
  private static final int RING_BUFFER = 27;
  private static final int USER_RING_BUFFER = 31;

  private MapSizes() {}

  /** To be called before the map is made. */
  static void apply(LibBpf bpf, Pointer map) {
    switch (bpf.bpf_map__type(map)) {
      case RING_BUFFER, USER_RING_BUFFER -> set(bpf, map, 0);
      case PERF_EVENT_ARRAY -> set(bpf, map, Integer.BYTES);
      default -> {}
    }
  }

  static MapDefinition definition(LibBpf bpf, Pointer map) {
    Pointer inner = bpf.bpf_map__inner_map(map);
    return new MapDefinition(
        bpf.bpf_map__name(map),
        bpf.bpf_map__type(map),
        new MapDefinition.Sizes(
            Integer.toUnsignedLong(bpf.bpf_map__key_size(map)),
            Integer.toUnsignedLong(bpf.bpf_map__value_size(map))),
        Integer.toUnsignedLong(bpf.bpf_map__max_entries(map)),
        bpf.bpf_map__map_flags(map),
        inner == null ? null : definition(bpf, inner));
  }

  private static void set(LibBpf bpf, Pointer map, int size) {
    bpf.bpf_map__set_key_size(map, size);
    bpf.bpf_map__set_value_size(map, size);
  }
}
