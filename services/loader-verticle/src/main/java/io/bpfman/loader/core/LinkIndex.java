package io.bpfman.loader.core;

import io.bpfman.model.LinkRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Links found by what several of them have in common. Not thread-safe. */
final class LinkIndex<K> {
  private final Map<K, NavigableMap<Long, LinkRecord>> groups = new HashMap<>();
  private final Function<LinkRecord, Optional<K>> keyOf;

  /**
   * @param keyOf empty for links that are not to be found here
   */
  LinkIndex(Function<LinkRecord, Optional<K>> keyOf) {
    this.keyOf = keyOf;
  }

  void put(LinkRecord link) {
    keyOf
        .apply(link)
        .ifPresent(
            key ->
                groups.computeIfAbsent(key, none -> new TreeMap<>()).put(link.id().value(), link));
  }

  /**
   * @param link as it was put
   */
  void remove(LinkRecord link) {
    keyOf
        .apply(link)
        .ifPresent(
            key ->
                groups.computeIfPresent(
                    key,
                    (same, group) -> {
                      group.remove(link.id().value());
                      return group.isEmpty() ? null : group;
                    }));
  }

  /** By link id. */
  List<LinkRecord> of(K key) {
    NavigableMap<Long, LinkRecord> group = groups.get(key);
    return group == null ? List.of() : List.copyOf(group.values());
  }
}
