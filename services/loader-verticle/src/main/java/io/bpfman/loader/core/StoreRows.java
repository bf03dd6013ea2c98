package io.bpfman.loader.core;

import io.bpfman.loader.port.Succession;
import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of a store in memory, found by what is asked for. Thread-safe; never blocks for long.
 */
final class StoreRows {
  private final NavigableMap<Long, ProgramRecord> programs = new TreeMap<>();
  private final NavigableMap<Long, LinkRecord> links = new TreeMap<>();
  private final LinkIndex<ProgramId> linksByProgram =
      new LinkIndex<>(link -> Optional.of(link.program()));
  private final LinkIndex<HookId> linksByHook =
      new LinkIndex<>(link -> Optional.ofNullable(link.placement()).map(Placement::hook));
  private final Map<ProgramId, TreeSet<Long>> programsByMapSet = new HashMap<>();
  private final Map<ProgramId, List<String>> sharedMaps = new HashMap<>();
  private final TreeSet<Long> unloading = new TreeSet<>();
  private final TreeSet<Long> replacing = new TreeSet<>();
  private final Map<ChainKey, DispatcherRecord> dispatchers = new HashMap<>();
  private final StoredBytes stored = new StoredBytes();

  /** All of them appear at once; a program of the same id goes, with its links. */
  synchronized void addPrograms(List<ProgramRecord> added, List<String> shared) {
    for (ProgramRecord program : added) {
      removeProgram(program.id());
      programs.put(program.id().value(), program);
      stored.put(program.id(), StoredBytes.of(program));
      programsByMapSet
          .computeIfAbsent(program.mapSet(), set -> new TreeSet<>())
          .add(program.id().value());
      if (!shared.isEmpty()) {
        sharedMaps.put(program.id(), shared.stream().distinct().sorted().toList());
      }
    }
  }

  /** As {@link StoredBytes#requireRoom}. */
  synchronized void requireRoom(long bytes) {
    stored.requireRoom(bytes);
  }

  /** The old programs are on their way out and count no more. */
  synchronized void requireRoomFor(Succession succession) {
    long added = succession.added().stream().mapToLong(StoredBytes::of).sum();
    long old =
        succession.old().stream()
            .flatMap(id -> program(id).stream())
            .mapToLong(StoredBytes::of)
            .sum();
    stored.requireRoom(added - old);
  }

  synchronized void removeProgram(ProgramId id) {
    ProgramRecord removed = programs.remove(id.value());
    if (removed == null) {
      return;
    }
    stored.remove(id);
    TreeSet<Long> users = programsByMapSet.getOrDefault(removed.mapSet(), new TreeSet<>());
    users.remove(id.value());
    if (users.isEmpty()) {
      programsByMapSet.remove(removed.mapSet());
    }
    linksByProgram.of(id).forEach(link -> removeLink(link.id()));
    sharedMaps.remove(id);
    unloading.remove(id.value());
    replacing.remove(id.value());
  }

  synchronized void beginUnload(ProgramId id) {
    if (programs.containsKey(id.value())) {
      linksOf(id).forEach(link -> putLink(link.detaching()));
      unloading.add(id.value());
    }
  }

  synchronized void addUnloading(List<ProgramId> ids) {
    ids.forEach(id -> unloading.add(id.value()));
  }

  synchronized void beginReplace(List<ProgramId> old) {
    old.stream().map(ProgramId::value).filter(programs::containsKey).forEach(replacing::add);
  }

  synchronized List<ProgramId> replacing() {
    return ids(replacing);
  }

  synchronized void endReplace(List<ProgramId> old) {
    old.forEach(id -> replacing.remove(id.value()));
  }

  /** All of it appears at once. */
  synchronized void finishReplace(Succession succession) {
    addPrograms(succession.added(), succession.sharedMaps());
    succession.dispatchers().forEach(dispatcher -> dispatchers.put(dispatcher.key(), dispatcher));
    succession.links().forEach(this::putLink);
    succession.old().forEach(this::beginUnload);
    endReplace(succession.old());
  }

  synchronized void putLink(LinkRecord link) {
    removeLink(link.id());
    links.put(link.id().value(), link);
    stored.put(link.id(), StoredBytes.of(link));
    linksByProgram.put(link);
    linksByHook.put(link);
  }

  synchronized void removeLink(LinkId id) {
    LinkRecord removed = links.remove(id.value());
    if (removed != null) {
      stored.remove(id);
      linksByProgram.remove(removed);
      linksByHook.remove(removed);
    }
  }

  synchronized void putDispatcher(DispatcherRecord dispatcher, List<LinkRecord> members) {
    dispatchers.put(dispatcher.key(), dispatcher);
    members.forEach(this::putLink);
  }

  synchronized void removeDispatcher(ChainKey key, List<LinkRecord> changed) {
    dispatchers.remove(key);
    changed.forEach(this::putLink);
  }

  synchronized Optional<DispatcherRecord> dispatcher(ChainKey key) {
    return Optional.ofNullable(dispatchers.get(key));
  }

  synchronized List<DispatcherRecord> dispatchers() {
    return List.copyOf(dispatchers.values());
  }

  synchronized Optional<ProgramRecord> program(ProgramId id) {
    return Optional.ofNullable(programs.get(id.value()));
  }

  synchronized List<ProgramRecord> programs(Map<String, String> metadata) {
    return programs.values().stream()
        .filter(program -> program.metadata().entrySet().containsAll(metadata.entrySet()))
        .toList();
  }

  synchronized List<ProgramId> mapSetUsers(ProgramId mapSet) {
    return ids(programsByMapSet.getOrDefault(mapSet, new TreeSet<>()));
  }

  synchronized List<ProgramId> unloading() {
    return ids(unloading);
  }

  private static List<ProgramId> ids(TreeSet<Long> values) {
    return values.stream().map(ProgramId::new).toList();
  }

  synchronized Optional<LinkRecord> link(LinkId id) {
    return Optional.ofNullable(links.get(id.value()));
  }

  synchronized List<LinkRecord> links() {
    return List.copyOf(links.values());
  }

  synchronized List<LinkRecord> linksOf(ProgramId program) {
    return linksByProgram.of(program);
  }

  synchronized List<LinkRecord> linksAt(HookId hook) {
    return linksByHook.of(hook);
  }

  synchronized List<String> sharedMapsOf(ProgramId program) {
    return sharedMaps.getOrDefault(program, List.of());
  }

  synchronized List<String> unusedSharedMaps(List<String> names) {
    return names.stream()
        .filter(name -> sharedMaps.values().stream().noneMatch(used -> used.contains(name)))
        .toList();
  }
}
