package io.bpfman.loader.core.mapdef;

import io.bpfman.loader.core.mapdef.MapRules.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Flags that go with types of maps: BPF_F_ of linux/bpf.h. */
final class MapFlags {
  private static final int NO_PREALLOC = 1;
  private static final int NUMA_NODE = 1 << 2;

  /** RDONLY, WRONLY, RDONLY_PROG, WRONLY_PROG. */
  private static final int ACCESS = 1 << 3 | 1 << 4 | 1 << 7 | 1 << 8;

  private static final int ZERO_SEED = 1 << 6;
  private static final int MMAPABLE = 1 << 10;
  private static final int PRESERVE_ELEMENTS = 1 << 11;
  private static final int INNER_MAP = 1 << 12;

  private static final List<String> NAMES =
      List.of(
          "BPF_F_NO_PREALLOC",
          "BPF_F_NO_COMMON_LRU",
          "BPF_F_NUMA_NODE",
          "BPF_F_RDONLY",
          "BPF_F_WRONLY",
          "BPF_F_STACK_BUILD_ID",
          "BPF_F_ZERO_SEED",
          "BPF_F_RDONLY_PROG",
          "BPF_F_WRONLY_PROG",
          "BPF_F_CLONE",
          "BPF_F_MMAPABLE",
          "BPF_F_PRESERVE_ELEMS",
          "BPF_F_INNER_MAP",
          "BPF_F_LINK",
          "BPF_F_PATH_FD",
          "BPF_F_VTYPE_BTF_OBJ_FD",
          "BPF_F_TOKEN_FD",
          "BPF_F_SEGV_ON_FAULT",
          "BPF_F_NO_USER_CONV");

  /** What each type takes; of others only flags that nothing knows are told. */
  private static final Map<Integer, Integer> TAKEN =
      Map.of(
          1, NO_PREALLOC | NUMA_NODE | ACCESS | ZERO_SEED,
          2, NUMA_NODE | MMAPABLE | ACCESS | PRESERVE_ELEMENTS | INNER_MAP,
          5, NO_PREALLOC | ACCESS | ZERO_SEED,
          6, ACCESS,
          9, 1 << 1 | NUMA_NODE | ACCESS | ZERO_SEED,
          10, 1 << 1 | ACCESS | ZERO_SEED,
          11, NO_PREALLOC | NUMA_NODE | ACCESS,
          22, NUMA_NODE | ACCESS,
          23, NUMA_NODE | ACCESS,
          27, NUMA_NODE | 1 << 19);

  /** Types whose elements are never made ahead: LPM trie and storages. */
  private static final List<Integer> NEVER_AHEAD = List.of(11, 24, 28, 29, 32);

  private MapFlags() {}

  static Optional<Reason> broken(MapDefinition map) {
    if (NEVER_AHEAD.contains(map.type()) && !map.has(NO_PREALLOC)) {
      return Optional.of(
          new Reason(
              "its map_flags lack BPF_F_NO_PREALLOC, without which there is no map of type "
                  + map.kind(),
              "__uint(map_flags, BPF_F_NO_PREALLOC)"));
    }
    int known = (1 << NAMES.size()) - 1;
    int wrong = map.flags() & ~TAKEN.getOrDefault(map.type(), known);
    return wrong == 0
        ? Optional.empty()
        : Optional.of(
            new Reason(
                "its map_flags hold %s, which a map of type %s does not take"
                    .formatted(names(wrong), map.kind()),
                wrong == MMAPABLE
                    ? "only arrays can be mapped into memory: use BPF_MAP_TYPE_ARRAY, or leave the"
                        + " flag away"
                    : "leave the flag away"));
  }

  private static String names(int flags) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if ((flags & 1 << bit) != 0) {
        names.add(bit < NAMES.size() ? NAMES.get(bit) : "0x%x".formatted(1 << bit));
      }
    }
    return String.join(" and ", names);
  }
}
