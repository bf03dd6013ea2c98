package io.bpfman.loader.port;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Durable records of programs and links. Each call is one transaction; calls from several threads
 * are serialised. Failures are STORE_FAILED.
 */
public interface ProgramStore extends AutoCloseable {

  /** All or none. */
  void addPrograms(List<ProgramRecord> programs);

  /**
   * Records what one Load made, all or none, in place of rows that dead programs with the same ids
   * left.
   *
   * @param sharedMaps maps shared by name that each of the programs uses
   */
  void recordLoad(List<ProgramRecord> programs, List<String> sharedMaps);

  Optional<ProgramRecord> program(ProgramId id);

  /** By ascending id; every pair of {@code metadata} must match. */
  List<ProgramRecord> programs(Map<String, String> metadata);

  /** Ids of the programs that use a map set, ascending. */
  List<ProgramId> mapSetUsers(ProgramId mapSet);

  /** Removes a program and its link rows; removing what is not there is success. */
  void removeProgram(ProgramId id);

  /**
   * Takes the next link id and records the link as being attached. Ids are never used twice, not
   * even after removal or restart.
   */
  LinkRecord beginAttach(ProgramId program, AttachSpec spec, Map<String, String> metadata);

  /** Replaces the row of {@code link.id()}. */
  void updateLink(LinkRecord link);

  Optional<LinkRecord> link(LinkId id);

  /** By ascending id. */
  List<LinkRecord> links();

  /** By ascending id. */
  List<LinkRecord> linksOf(ProgramId program);

  /** Removing what is not there is success. */
  void removeLink(LinkId id);

  /** Programs that use maps shared by name: program id to map names. */
  void addSharedMaps(ProgramId program, List<String> names);

  /** Names of shared maps that no program uses any more. */
  List<String> unusedSharedMaps(List<String> existing);

  @Override
  void close();
}
