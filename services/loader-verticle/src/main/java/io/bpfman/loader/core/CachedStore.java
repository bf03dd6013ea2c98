package io.bpfman.loader.core;

import io.bpfman.loader.port.ProgramStore;
import io.bpfman.loader.port.Succession;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.RequestBounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that reads from memory and writes through: a row is durable before a reader sees it, and
 * a write that fails changes nothing here. Right only while nobody else writes, which the lock on
 * the runtime directory grants. Reads never wait for a write. Thread-safe.
 */
public final class CachedStore implements ProgramStore {
  private final ProgramStore durable;
  private final StoreRows rows = new StoreRows();

  /** Keeps rows in the order of their commits. */
  private final Lock writing = new ReentrantLock();

  /** Reads all rows. The caller closes {@code durable} when that fails; afterwards this does. */
  public CachedStore(ProgramStore durable) {
    this.durable = durable;
    for (ProgramRecord program : durable.programs(Map.of())) {
      rows.addPrograms(List.of(program), durable.sharedMapsOf(program.id()));
    }
    durable.links().forEach(rows::putLink);
    rows.addUnloading(durable.unloading());
    rows.beginReplace(durable.replacing());
    durable.dispatchers().forEach(dispatcher -> rows.putDispatcher(dispatcher, List.of()));
  }

  private <T> T written(Supplier<T> write) {
    return Locks.with(writing, write);
  }

  private void written(Runnable write) {
    Locks.with(
        writing,
        () -> {
          write.run();
          return true;
        });
  }

  @Override
  public void addPrograms(List<ProgramRecord> programs, List<String> sharedMaps) {
    written(
        () -> {
          rows.requireRoom(programs.stream().mapToLong(StoredBytes::of).sum());
          durable.addPrograms(programs, sharedMaps);
          rows.addPrograms(programs, sharedMaps);
        });
  }

  @Override
  public Optional<ProgramRecord> program(ProgramId id) {
    return rows.program(id);
  }

  @Override
  public List<ProgramRecord> programs(Map<String, String> metadata) {
    return rows.programs(metadata);
  }

  @Override
  public List<ProgramId> mapSetUsers(ProgramId mapSet) {
    return rows.mapSetUsers(mapSet);
  }

  @Override
  public void beginUnload(ProgramId id) {
    written(
        () -> {
          durable.beginUnload(id);
          rows.beginUnload(id);
        });
  }

  @Override
  public List<ProgramId> unloading() {
    return rows.unloading();
  }

  @Override
  public void beginReplace(List<ProgramId> old) {
    written(
        () -> {
          durable.beginReplace(old);
          rows.beginReplace(old);
        });
  }

  @Override
  public List<ProgramId> replacing() {
    return rows.replacing();
  }

  @Override
  public void abandonReplace(List<ProgramId> old) {
    written(
        () -> {
          durable.abandonReplace(old);
          rows.endReplace(old);
        });
  }

  @Override
  public void finishReplace(Succession succession) {
    written(
        () -> {
          rows.requireRoomFor(succession);
          durable.finishReplace(succession);
          rows.finishReplace(succession);
        });
  }

  @Override
  public void removeProgram(ProgramId id) {
    written(
        () -> {
          durable.removeProgram(id);
          rows.removeProgram(id);
        });
  }

  @Override
  public LinkRecord beginAttach(
      ProgramId program, AttachSpec spec, Map<String, String> metadata, @Nullable HookId hook) {
    return written(
        () -> {
          rows.requireRoom(RequestBounds.metadataBytes(metadata));
          LinkRecord begun = durable.beginAttach(program, spec, metadata, hook);
          rows.putLink(begun);
          return begun;
        });
  }

  @Override
  public void skipLinkIds(LinkId last) {
    durable.skipLinkIds(last);
  }

  @Override
  public void updateLink(LinkRecord link) {
    written(
        () -> {
          durable.updateLink(link);
          rows.putLink(link);
        });
  }

  @Override
  public Optional<LinkRecord> link(LinkId id) {
    return rows.link(id);
  }

  @Override
  public List<LinkRecord> links() {
    return rows.links();
  }

  @Override
  public List<LinkRecord> linksOf(ProgramId program) {
    return rows.linksOf(program);
  }

  @Override
  public List<LinkRecord> linksAt(HookId hook) {
    return rows.linksAt(hook);
  }

  @Override
  public void removeLink(LinkId id) {
    written(
        () -> {
          durable.removeLink(id);
          rows.removeLink(id);
        });
  }

  @Override
  public Optional<DispatcherRecord> dispatcher(ChainKey key) {
    return rows.dispatcher(key);
  }

  @Override
  public List<DispatcherRecord> dispatchers() {
    return rows.dispatchers();
  }

  @Override
  public void putDispatcher(DispatcherRecord dispatcher, List<LinkRecord> members) {
    written(
        () -> {
          durable.putDispatcher(dispatcher, members);
          rows.putDispatcher(dispatcher, members);
        });
  }

  @Override
  public void removeDispatcher(ChainKey key, List<LinkRecord> changed) {
    written(
        () -> {
          durable.removeDispatcher(key, changed);
          rows.removeDispatcher(key, changed);
        });
  }

  @Override
  public List<String> sharedMapsOf(ProgramId program) {
    return rows.sharedMapsOf(program);
  }

  @Override
  public List<String> unusedSharedMaps(List<String> names) {
    return rows.unusedSharedMaps(names);
  }

  @Override
  public void close() {
    durable.close();
  }
}
