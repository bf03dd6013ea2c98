package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.loader.port.InterfaceChange.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Interfaces of one namespace as last heard of; tells what a message changes. The kernel sends a
 * message for every detail of an interface, most of which change nothing here. One thread.
 */
final class InterfaceTable {
  /** An interface at one moment. */
  record Facts(int index, String name, boolean up) {}

  private final @Nullable String netns;
  private final Map<Integer, Facts> known = new HashMap<>();

  /**
   * @param netns path of the namespace; null is the daemon's own
   */
  InterfaceTable(@Nullable String netns) {
    this.netns = netns;
  }

  /** What is there when watching begins is no change. */
  void begin(List<Facts> all) {
    all.forEach(facts -> known.put(facts.index(), facts));
  }

  /** After messages were lost: as if those between had come. */
  List<InterfaceChange> compare(List<Facts> all) {
    Set<Integer> vanished = new HashSet<>(known.keySet());
    all.forEach(facts -> vanished.remove(facts.index()));
    List<InterfaceChange> changes = new ArrayList<>();
    vanished.forEach(index -> changes.addAll(gone(index)));
    all.forEach(facts -> changes.addAll(seen(facts)));
    return changes;
  }

  List<InterfaceChange> seen(Facts now) {
    Facts before = known.put(now.index(), now);
    if (before == null) {
      return List.of(change(What.APPEARED, now, ""));
    }
    List<InterfaceChange> changes = new ArrayList<>();
    if (!before.name().equals(now.name())) {
      changes.add(change(What.RENAMED, now, before.name()));
    }
    if (before.up() != now.up()) {
      changes.add(change(now.up() ? What.UP : What.DOWN, now, ""));
    }
    return changes;
  }

  List<InterfaceChange> gone(int index) {
    Facts last = known.remove(index);
    return last == null
        ? List.of()
        : List.of(change(What.GONE, new Facts(index, last.name(), false), ""));
  }

  /** As if all had just appeared. */
  List<InterfaceChange> allAppeared() {
    return known.values().stream().map(facts -> change(What.APPEARED, facts, "")).toList();
  }

  /** The namespace itself is gone. */
  List<InterfaceChange> allGone() {
    return List.copyOf(known.keySet()).stream().flatMap(index -> gone(index).stream()).toList();
  }

  private InterfaceChange change(What what, Facts facts, String oldName) {
    return new InterfaceChange(what, netns, facts.index(), facts.name(), oldName, facts.up());
  }
}
