package io.bpfman.loader.core;

import io.bpfman.loader.port.MapFacts;
import io.bpfman.model.FailureCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What maps of some types (enum bpf_map_type) cannot do, and what to do instead. */
final class MapAccessRules {
  private record Kind(String what, Set<MapAccess> impossible, String wayOut) {}

  private static final Set<MapAccess> ALL = EnumSet.allOf(MapAccess.class);
  private static final Map<Integer, Kind> KINDS = kinds();

  private MapAccessRules() {}

  private static Map<Integer, Kind> kinds() {
    Map<Integer, Kind> kinds = new HashMap<>(descriptors());
    kinds.putAll(streams());
    kinds.put(22, waitingLine("queue"));
    kinds.put(23, waitingLine("stack"));
    kinds.put(
        30,
        new Kind(
            "a bloom filter, which only tells a program whether a value may have been added",
            EnumSet.of(MapAccess.DUMP, MapAccess.LOOK_UP, MapAccess.DELETE),
            "`bpfman map update` adds a value; keep a hash map beside it to see which there are"));
    storages().forEach((type, owner) -> kinds.put(type, storage(owner)));
    return Map.copyOf(kinds);
  }

  private static Kind waitingLine(String name) {
    return new Kind(
        "a %s, of which only the next element can be seen".formatted(name),
        EnumSet.of(MapAccess.DUMP, MapAccess.DELETE),
        "`bpfman map lookup` without a key shows the next element, `bpfman map update` with a value"
            + " alone adds one; programs take elements out");
  }

  private static Map<Integer, Kind> streams() {
    return Map.of(
        4,
        new Kind(
            "a perf event array, through which programs send events; nothing stays in it",
            ALL,
            "`bpftool map event_pipe id %d` shows the events"),
        27,
        new Kind(
            "a ring buffer, whose records go to the process that reads it",
            ALL,
            "open map %d from its pin with a reader, as libbpf's ring_buffer__new"),
        31,
        new Kind(
            "a user ring buffer, whose records a process writes for programs",
            ALL,
            "open map %d from its pin with a writer, as libbpf's user_ring_buffer__new"),
        33,
        new Kind(
            "an arena, memory that programs and a process share",
            ALL,
            "open map %d from its pin and map it into memory (mmap)"));
  }

  /** Values are descriptors: a number would be one of the daemon's own. */
  private static Map<Integer, Kind> descriptors() {
    Map<Integer, Kind> kinds = new HashMap<>();
    Map.of(
            3, "a table of programs",
            12, "an array of maps",
            13, "a hash of maps",
            15, "a map of sockets",
            17, "a map of AF_XDP sockets",
            18, "a hash of sockets",
            20, "an array of sockets")
        .forEach((type, what) -> kinds.put(type, descriptors(what, EnumSet.of(MapAccess.WRITE))));
    kinds.put(8, descriptors("an array of cgroups", ALL));
    return kinds;
  }

  private static Kind descriptors(String what, Set<MapAccess> impossible) {
    return new Kind(
        what + ", whose values are descriptors of the process that writes them",
        impossible,
        "write it from that process, or with `bpftool map update id %d key ... value pinned PATH`");
  }

  private static Map<Integer, String> storages() {
    return Map.of(24, "socket", 28, "inode", 29, "task", 32, "cgroup");
  }

  private static Kind storage(String owner) {
    return new Kind(
        "%s storage, whose values belong to one %s each and have no keys".formatted(owner, owner),
        ALL,
        "a program reads map %d, for example a BPF iterator");
  }

  /** KERNEL_UNSUPPORTED with the way out for what maps of this type cannot do. */
  static void require(MapAccess access, String name, MapFacts facts) {
    Kind kind = KINDS.get(facts.type());
    if (kind != null && kind.impossible().contains(access)) {
      throw FailureCode.KERNEL_UNSUPPORTED.because(
          "map \"%s\" is %s".formatted(name, kind.what()), kind.wayOut().formatted(facts.id()));
    }
  }
}
