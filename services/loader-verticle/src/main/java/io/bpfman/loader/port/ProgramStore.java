package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ChainKey;
import io.bpfman.model.DispatcherRecord;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durable records of programs and links. Each call is one transaction; calls from several threads
 * are serialised. Failures are STORE_FAILED.
 */
public interface ProgramStore extends AutoCloseable {

  /**
   * All or none, together with the names of the maps that they share by name. A row that is left of
   * an earlier program of the same id is replaced, with its links.
   */
  void addPrograms(List<ProgramRecord> programs, List<String> sharedMaps);

  Optional<ProgramRecord> program(ProgramId id);

  /** By ascending id; every pair of {@code metadata} must match. */
  List<ProgramRecord> programs(Map<String, String> metadata);

  /** Ids of the programs that use a map set, ascending. */
  List<ProgramId> mapSetUsers(ProgramId mapSet);

  /**
   * Records that a program is being unloaded and all its links detached; {@link #removeProgram}
   * ends it. Of a program that is not there: nothing.
   */
  void beginUnload(ProgramId id);

  /** Programs whose unloading began and has not ended, ascending. */
  List<ProgramId> unloading();

  /**
   * Records that another version is taking the place of these programs, before anything is changed.
   */
  void beginReplace(List<ProgramId> old);

  /** Programs that are being replaced, ascending. */
  List<ProgramId> replacing();

  /** Forgets that programs were to be replaced, when all of it was taken back. */
  void abandonReplace(List<ProgramId> old);

  /** Records a replacement that is in the kernel. What is left of the old programs is unloading. */
  void finishReplace(Succession succession);

  /** Removes a program and its link rows; removing what is not there is success. */
  void removeProgram(ProgramId id);

  /**
   * Takes the next link id and records the link as being attached. Ids are never used twice, not
   * even after removal or restart.
   *
   * @param hook that the names in {@code spec} stand for now; null: no network hook
   */
  LinkRecord beginAttach(
      ProgramId program, AttachSpec spec, Map<String, String> metadata, @Nullable HookId hook);

  /** Link ids begin above this one from now on. */
  void skipLinkIds(LinkId last);

  /** Replaces the row of {@code link.id()}. */
  void updateLink(LinkRecord link);

  Optional<LinkRecord> link(LinkId id);

  /** By ascending id. */
  List<LinkRecord> links();

  /** By ascending id. */
  List<LinkRecord> linksOf(ProgramId program);

  /** Links on any hook of an interface, by ascending id. */
  List<LinkRecord> linksAt(HookId hook);

  /** Removing what is not there is success. */
  void removeLink(LinkId id);

  Optional<DispatcherRecord> dispatcher(ChainKey key);

  /** In no particular order. */
  List<DispatcherRecord> dispatchers();

  /** Records a dispatcher, in place of an earlier one of its hook, together with its members. */
  void putDispatcher(DispatcherRecord dispatcher, List<LinkRecord> members);

  /**
   * Forgets the dispatcher of a hook, if there is one, and replaces the rows of {@code changed}.
   */
  void removeDispatcher(ChainKey key, List<LinkRecord> changed);

  /** Names of the maps that a program shares by name. */
  List<String> sharedMapsOf(ProgramId program);

  /** Those of {@code names} that no program uses any more. */
  List<String> unusedSharedMaps(List<String> names);

  @Override
  void close();
}
