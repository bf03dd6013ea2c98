package io.bpfman.loader.core;

import io.bpfman.loader.port.ProgramStore;
import io.bpfman.loader.port.Succession;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Programs and those that take their place.
 *
 * @param added in the order of the request
 */
record Replaced(Predecessors before, List<ProgramRecord> added, LinkMoves moves) {

  /** Links that go to a new program; one that is being detached goes with the old program. */
  List<LinkRecord> links(ProgramStore store) {
    return before.heirs(added).keySet().stream()
        .sorted()
        .flatMap(id -> store.linksOf(id).stream())
        .filter(link -> link.stage() == LinkRecord.Stage.ATTACHED)
        .toList();
  }

  Succession succession(List<String> sharedMaps) {
    return new Succession(before.ids(), added, sharedMaps, moves.dispatchers(), moves.changed());
  }

  List<ReplaceView.Change> changes() {
    Set<LinkId> lost = moves.lost().stream().map(LinkRecord::id).collect(Collectors.toSet());
    Map<ProgramId, List<LinkId>> links =
        moves.changed().stream()
            .collect(
                Collectors.groupingBy(
                    LinkRecord::program, Collectors.mapping(LinkRecord::id, Collectors.toList())));
    List<ReplaceView.Change> changes = new ArrayList<>();
    for (ProgramRecord now : added) {
      Set<LinkId> all = new TreeSet<>(links.getOrDefault(now.id(), List.of()));
      changes.add(
          new ReplaceView.Change(
              now.spec().name(),
              before.of(now.spec().name()).map(ProgramRecord::id).orElse(null),
              now.id(),
              all.stream().filter(id -> !lost.contains(id)).toList(),
              all.stream().filter(lost::contains).toList()));
    }
    before.programs().stream()
        .filter(old -> !before.heirs(added).containsKey(old.id()))
        .map(old -> gone(old))
        .forEach(changes::add);
    return changes;
  }

  private static ReplaceView.Change gone(ProgramRecord old) {
    return new ReplaceView.Change(old.spec().name(), old.id(), null, List.of(), List.of());
  }
}
