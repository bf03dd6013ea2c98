package io.bpfman.loader.adapter.grpc;

import java.util.List;

/** Words for enum bpf_map_type of linux/bpf.h. */
final class MapTypeNames {
  private static final List<String> NAMES =
      List.of(
          "unspec",
          "hash",
          "array",
          "prog_array",
          "perf_event_array",
          "percpu_hash",
          "percpu_array",
          "stack_trace",
          "cgroup_array",
          "lru_hash",
          "lru_percpu_hash",
          "lpm_trie",
          "array_of_maps",
          "hash_of_maps",
          "devmap",
          "sockmap",
          "cpumap",
          "xskmap",
          "sockhash",
          "cgroup_storage",
          "reuseport_sockarray",
          "percpu_cgroup_storage",
          "queue",
          "stack",
          "sk_storage",
          "devmap_hash",
          "struct_ops",
          "ringbuf",
          "inode_storage",
          "task_storage",
          "bloom_filter",
          "user_ringbuf",
          "cgrp_storage",
          "arena");

  private MapTypeNames() {}

  static String of(int type) {
    return type >= 0 && type < NAMES.size() ? NAMES.get(type) : "type " + type;
  }
}
