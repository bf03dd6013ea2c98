package io.bpfman.loader.core.mapdef;

import java.util.List;

/** Types of maps: enum bpf_map_type of linux/bpf.h, and the Linux that brought each. */
public final class MapKinds {
  private record Kind(String name, String since) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("unspec", ""),
          new Kind("hash", "3.19"),
          new Kind("array", "3.19"),
          new Kind("prog_array", "4.2"),
          new Kind("perf_event_array", "4.3"),
          new Kind("percpu_hash", "4.6"),
          new Kind("percpu_array", "4.6"),
          new Kind("stack_trace", "4.6"),
          new Kind("cgroup_array", "4.8"),
          new Kind("lru_hash", "4.10"),
          new Kind("lru_percpu_hash", "4.10"),
          new Kind("lpm_trie", "4.11"),
          new Kind("array_of_maps", "4.12"),
          new Kind("hash_of_maps", "4.12"),
          new Kind("devmap", "4.14"),
          new Kind("sockmap", "4.14"),
          new Kind("cpumap", "4.15"),
          new Kind("xskmap", "4.18"),
          new Kind("sockhash", "4.18"),
          new Kind("cgroup_storage", "4.19"),
          new Kind("reuseport_sockarray", "4.19"),
          new Kind("percpu_cgroup_storage", "4.20"),
          new Kind("queue", "4.20"),
          new Kind("stack", "4.20"),
          new Kind("sk_storage", "5.2"),
          new Kind("devmap_hash", "5.4"),
          new Kind("struct_ops", "5.6"),
          new Kind("ringbuf", "5.8"),
          new Kind("inode_storage", "5.10"),
          new Kind("task_storage", "5.11"),
          new Kind("bloom_filter", "5.16"),
          new Kind("user_ringbuf", "6.1"),
          new Kind("cgrp_storage", "6.2"),
          new Kind("arena", "6.9"));

  private MapKinds() {}

  /** {@code type 99} for types that are not known here. */
  public static String name(int type) {
    return isKnown(type) ? KINDS.get(type).name : "type " + Integer.toUnsignedString(type);
  }

  /** Whether some Linux has it. */
  static boolean isKnown(int type) {
    return type >= 0 && type < KINDS.size();
  }

  /** Of a known type: the first Linux that has it, as "5.8". */
  static String since(int type) {
    return KINDS.get(type).since;
  }

  /** Of the greatest known number. */
  static String newest() {
    return KINDS.getLast().name;
  }

  /**
   * Whether a Linux is older than the one that brought the type.
   *
   * @param release as of uname(2), "5.10.0-28-amd64"
   */
  static boolean isTooOld(String release, int type) {
    int[] running = numbers(release);
    int[] needed = numbers(since(type));
    return running[0] < needed[0] || (running[0] == needed[0] && running[1] < needed[1]);
  }

  private static int[] numbers(String release) {
    String[] parts = release.split("[^0-9]", 3);
    return parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()
        ? new int[] {0, 0}
        : new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }
}
