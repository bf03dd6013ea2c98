package io.bpfman.loader.core;

import io.bpfman.model.HookPoint;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
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

  /** Where attached links are; links on no network hook have no place. */
  static Set<HookPoint> pointsOf(Collection<LinkRecord> links) {
    return links.stream().flatMap(link -> pointOf(link).stream()).collect(Collectors.toSet());
  }

  /**
   * @param all every link at these points, in any order; others change nothing
   */
  static Map<LinkId, Integer> places(Set<HookPoint> points, Collection<LinkRecord> all) {
    Map<LinkId, Integer> places = new HashMap<>();
    Map<HookPoint, Integer> counts = new HashMap<>();
    all.stream()
        .filter(link -> pointOf(link).filter(points::contains).isPresent())
        .sorted(ChainLayout.RUN_ORDER)
        .forEach(
            link ->
                places.put(
                    link.id(), counts.merge(pointOf(link).orElseThrow(), 1, Integer::sum) - 1));
    return places;
  }

  private static Optional<HookPoint> pointOf(LinkRecord link) {
    return link.stage() == LinkRecord.Stage.ATTACHED ? link.hookPoint() : Optional.empty();
  }
}
