package io.bpfman.loader.core;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.Direction;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Places of links among ours on the same network hook, from 0, in the order in which they run. By
 * records only: a link that was lost keeps its place until it is detached. Pure.
 */
final class HookOrder {
  private HookOrder() {}

  private record TcxKey(HookId hook, Direction direction) {}

  /** Hooks that attached links are on; links that are on none have no place. */
  static Set<Object> hooksOf(Collection<LinkRecord> links) {
    return links.stream().flatMap(link -> hookOf(link).stream()).collect(Collectors.toSet());
  }

  /**
   * @param all every link there is, in any order
   */
  static Map<LinkId, Integer> places(Set<Object> hooks, Collection<LinkRecord> all) {
    Map<LinkId, Integer> places = new HashMap<>();
    Map<Object, Integer> counts = new HashMap<>();
    all.stream()
        .filter(link -> hookOf(link).filter(hooks::contains).isPresent())
        .sorted(ChainLayout.RUN_ORDER)
        .forEach(
            link ->
                places.put(
                    link.id(), counts.merge(hookOf(link).orElseThrow(), 1, Integer::sum) - 1));
    return places;
  }

  private static Optional<Object> hookOf(LinkRecord link) {
    Placement place = link.placement();
    if (place == null || link.stage() != LinkRecord.Stage.ATTACHED) {
      return Optional.empty();
    }
    return link.spec() instanceof AttachSpec.Tcx tcx
        ? Optional.of(new TcxKey(place.hook(), tcx.direction()))
        : ChainType.of(link.spec()).map(type -> new ChainKey(type, place.hook()));
  }
}
