package io.bpfman.loader.core;

import io.bpfman.loader.core.watch.LoaderEvent;
import io.bpfman.loader.port.ProgramStore;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What should be in the kernel, as the store and the operations since tell, so that looking for
 * losses does not read the store each time. It may hold something that is just being removed: a
 * loss is told only after the store was asked. Thread-safe.
 */
final class WatchedState {
  private final NavigableMap<Long, LinkRecord> links = new TreeMap<>();
  private final NavigableMap<Long, ProgramRecord> programs = new TreeMap<>();
  private long lastLink;
  private long lastProgram;

  synchronized void read(ProgramStore store) {
    store.programs(Map.of()).forEach(program -> programs.putIfAbsent(key(program.id()), program));
    store.links().stream()
        .filter(link -> link.stage() == LinkRecord.Stage.ATTACHED)
        .forEach(link -> links.putIfAbsent(key(link.id()), link));
  }

  /** Whether the namespaces that matter may be others now. */
  synchronized boolean note(LoaderEvent event) {
    switch (event) {
      case LoaderEvent.ProgramLoaded loaded ->
          programs.put(key(loaded.program().id()), loaded.program());
      case LoaderEvent.ProgramUnloaded unloaded -> programs.remove(key(unloaded.program().id()));
      case LoaderEvent.LinkAttached attached ->
          links.put(key(attached.link().id()), attached.link());
      case LoaderEvent.LinkDetached detached -> links.remove(key(detached.link().id()));
      default -> {}
    }
    return event instanceof LoaderEvent.LinkAttached || event instanceof LoaderEvent.LinkDetached;
  }

  synchronized void replace(LinkRecord link) {
    links.replace(key(link.id()), link);
  }

  synchronized void forget(LinkId id) {
    links.remove(key(id));
  }

  synchronized void forget(ProgramId id) {
    programs.remove(key(id));
  }

  synchronized Collection<LinkRecord> links() {
    return List.copyOf(links.values());
  }

  synchronized Optional<LinkRecord> link(LinkId id) {
    return Optional.ofNullable(links.get(key(id)));
  }

  synchronized Optional<ProgramRecord> program(ProgramId id) {
    return Optional.ofNullable(programs.get(key(id)));
  }

  /**
   * At most {@code count}, going on after those of the call before and starting again at the end.
   */
  synchronized List<LinkRecord> nextLinks(int count) {
    List<LinkRecord> next = next(links, lastLink, count);
    lastLink = next.isEmpty() ? 0 : key(next.getLast().id());
    return next;
  }

  /** As {@link #nextLinks}. */
  synchronized List<ProgramRecord> nextPrograms(int count) {
    List<ProgramRecord> next = next(programs, lastProgram, count);
    lastProgram = next.isEmpty() ? 0 : key(next.getLast().id());
    return next;
  }

  private static <T> List<T> next(NavigableMap<Long, T> all, long after, int count) {
    List<T> next =
        new ArrayList<>(all.tailMap(after, false).values().stream().limit(count).toList());
    if (next.size() < count) {
      next.addAll(all.headMap(after, true).values().stream().limit(count - next.size()).toList());
    }
    return next;
  }

  private static long key(LinkId id) {
    return id.value();
  }

  private static long key(ProgramId id) {
    return id.value();
  }
}
