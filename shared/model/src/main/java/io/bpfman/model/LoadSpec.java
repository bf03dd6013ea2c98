package io.bpfman.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to load programs of one object; all of them or none.
 *
 * @param globalData variable name to raw bytes of exactly its size
 * @param mapOwner program whose maps are used in place of new ones; null: own maps
 */
public record LoadSpec(
    Bytecode bytecode,
    List<ProgramSpec> programs,
    Map<String, Bytes> globalData,
    Map<String, String> metadata,
    @Nullable ProgramId mapOwner) {
  public LoadSpec {
    programs = List.copyOf(programs);
    globalData = Map.copyOf(globalData);
    metadata = Map.copyOf(metadata);
  }
}
