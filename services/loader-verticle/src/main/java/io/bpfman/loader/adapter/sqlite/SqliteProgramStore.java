package io.bpfman.loader.adapter.sqlite;

import io.bpfman.loader.port.ProgramStore;
import io.bpfman.loader.port.Succession;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store in one SQLite file of mode 0600. Calls block, commonly for some ten microseconds.
 * Passwords of image registries are not kept: a record that comes back has none. Other processes
 * may read the file at any time.
 */
public final class SqliteProgramStore implements ProgramStore {
  private final Database database;
  private final ProgramTable programs;
  private final LinkTable links;
  private final SharedMapTable sharedMaps;
  private final DispatcherTable dispatchers;
  private final InstantSource clock;

  /**
   * Opens the store, or makes it together with its directory.
   *
   * @param clock tells when links were made
   * @throws io.bpfman.model.BpfmanException STORE_FAILED when it cannot be opened or is damaged;
   *     START_REFUSED when a newer version made it
   */
  public SqliteProgramStore(Path file, InstantSource clock) {
    this.database = DatabaseOpener.open(file);
    this.programs = new ProgramTable(database);
    this.links = new LinkTable(database);
    this.sharedMaps = new SharedMapTable(database);
    this.dispatchers = new DispatcherTable(database);
    this.clock = clock;
  }

  /** Opens a store whose links are dated by the system's clock. */
  public static SqliteProgramStore open(Path file) {
    return new SqliteProgramStore(file, InstantSource.system());
  }

  /** A change that answers nothing. */
  @FunctionalInterface
  private interface Change {
    void run() throws SQLException;
  }

  private void change(Change change) {
    database.<Boolean>transaction(
        () -> {
          change.run();
          return true;
        });
  }

  @Override
  public void addPrograms(List<ProgramRecord> added, List<String> sharedMaps) {
    change(() -> addAll(added, sharedMaps));
  }

  private void addAll(List<ProgramRecord> added, List<String> shared) throws SQLException {
    for (ProgramRecord program : added) {
      programs.remove(program.id());
      programs.add(program);
      sharedMaps.add(program.id(), shared);
    }
  }

  @Override
  public Optional<ProgramRecord> program(ProgramId id) {
    return database.reading(() -> programs.byId(id)).stream().findFirst();
  }

  @Override
  public List<ProgramRecord> programs(Map<String, String> metadata) {
    return database.reading(() -> programs.byMetadata(metadata));
  }

  @Override
  public List<ProgramId> mapSetUsers(ProgramId mapSet) {
    return database.reading(() -> programs.mapSetUsers(mapSet));
  }

  @Override
  public void beginUnload(ProgramId id) {
    change(() -> leave(id));
  }

  private void leave(ProgramId id) throws SQLException {
    links.leave(id);
    programs.leave(id);
  }

  @Override
  public void beginReplace(List<ProgramId> old) {
    change(
        () -> {
          for (ProgramId id : old) {
            programs.beginReplace(id);
          }
        });
  }

  @Override
  public List<ProgramId> replacing() {
    return database.reading(programs::replacing);
  }

  @Override
  public void abandonReplace(List<ProgramId> old) {
    change(() -> endReplace(old));
  }

  private void endReplace(List<ProgramId> old) throws SQLException {
    for (ProgramId id : old) {
      programs.endReplace(id);
    }
  }

  @Override
  public void finishReplace(Succession succession) {
    change(
        () -> {
          addAll(succession.added(), succession.sharedMaps());
          for (DispatcherRecord dispatcher : succession.dispatchers()) {
            dispatchers.put(dispatcher);
          }
          updateAll(succession.links());
          for (ProgramId id : succession.old()) {
            leave(id);
          }
          endReplace(succession.old());
        });
  }

  @Override
  public List<ProgramId> unloading() {
    return database.reading(programs::leaving);
  }

  @Override
  public void removeProgram(ProgramId id) {
    change(() -> programs.remove(id));
  }

  /** PROGRAM_NOT_FOUND when the program is not in the store. */
  @Override
  public LinkRecord beginAttach(
      ProgramId program, AttachSpec spec, Map<String, String> metadata, @Nullable HookId hook) {
    Instant now = clock.instant();
    NewLink link = new NewLink(program, spec, metadata, now, hook);
    LinkId id =
        database.transaction(
            () -> {
              requireProgram(program);
              return links.add(link);
            });
    return link.begun(id);
  }

  private void requireProgram(ProgramId id) throws SQLException {
    List<Integer> found =
        database.query(row -> row.getInt(1), "SELECT 1 FROM programs WHERE id = ?", id.value());
    if (found.isEmpty()) {
      throw FailureCode.PROGRAM_NOT_FOUND.because(
          "program %s is not in the store %s".formatted(id, database.file()));
    }
  }

  @Override
  public void skipLinkIds(LinkId last) {
    change(() -> links.skipIds(last));
  }

  /** LINK_NOT_FOUND when the link was removed. */
  @Override
  public void updateLink(LinkRecord link) {
    change(() -> links.update(link));
  }

  @Override
  public Optional<LinkRecord> link(LinkId id) {
    return database.reading(() -> links.byId(id)).stream().findFirst();
  }

  @Override
  public List<LinkRecord> links() {
    return database.reading(links::all);
  }

  @Override
  public List<LinkRecord> linksOf(ProgramId program) {
    return database.reading(() -> links.byProgram(program));
  }

  @Override
  public List<LinkRecord> linksAt(HookId hook) {
    return database.reading(() -> links.byHook(hook));
  }

  @Override
  public void removeLink(LinkId id) {
    change(() -> links.remove(id));
  }

  @Override
  public Optional<DispatcherRecord> dispatcher(ChainKey key) {
    return database.reading(() -> dispatchers.byKey(key)).stream().findFirst();
  }

  @Override
  public List<DispatcherRecord> dispatchers() {
    return database.reading(dispatchers::all);
  }

  @Override
  public void putDispatcher(DispatcherRecord dispatcher, List<LinkRecord> members) {
    change(
        () -> {
          dispatchers.put(dispatcher);
          updateAll(members);
        });
  }

  @Override
  public void removeDispatcher(ChainKey key, List<LinkRecord> changed) {
    change(
        () -> {
          dispatchers.remove(key);
          updateAll(changed);
        });
  }

  private void updateAll(List<LinkRecord> changed) throws SQLException {
    for (LinkRecord link : changed) {
      links.update(link);
    }
  }

  @Override
  public List<String> sharedMapsOf(ProgramId program) {
    return database.reading(() -> sharedMaps.of(program));
  }

  @Override
  public List<String> unusedSharedMaps(List<String> names) {
    return database.reading(() -> sharedMaps.unused(names));
  }

  @Override
  public void close() {
    database.close();
  }
}
