package io.bpfman.loader.adapter.libbpf;

import jnr.ffi.Pointer;

/**
 * Start of struct bpf_map_info (linux/bpf.h).
 *
 * @param type bpf_map_type
 * @param keySize bytes
 * @param valueSize bytes of one value
 * @param flags BPF_F_ bits that it was made with
 */
record MapInfo(long id, int type, int keySize, int valueSize, int maxEntries, int flags) {
  private static final int INFO_BYTES = 80;

  static MapInfo of(Natives natives, Handles handles, Descriptor map) {
    return of(natives, handles, map.number());
  }

  static MapInfo of(Natives natives, Handles handles, int descriptor) {
    try (Scratch memory = natives.scratch()) {
      Pointer info = memory.zeroed(INFO_BYTES);
      handles.readInfo(descriptor, info, INFO_BYTES);
      return new MapInfo(
          Integer.toUnsignedLong(info.getInt(4)),
          info.getInt(0),
          info.getInt(8),
          info.getInt(12),
          info.getInt(16),
          info.getInt(20));
    }
  }
}
