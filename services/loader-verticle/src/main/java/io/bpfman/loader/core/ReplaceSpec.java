package io.bpfman.loader.core;

import io.bpfman.model.LoadSpec;
import io.bpfman.model.ProgramId;
import java.util.List;
import java.util.Map;

/**
 * A request to put a new version in the place of programs.
 *
 * @param programs the programs before; empty: those of {@code metadata}
 * @param metadata pairs that the programs before have; empty: those of {@code programs}
 * @param load the new version
 */
public record ReplaceSpec(List<ProgramId> programs, Map<String, String> metadata, LoadSpec load) {
  public ReplaceSpec {
    programs = List.copyOf(programs);
    metadata = Map.copyOf(metadata);
  }
}
