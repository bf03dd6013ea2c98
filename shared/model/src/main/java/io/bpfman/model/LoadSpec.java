package io.bpfman.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to load programs of one object; all of them or none.
 *
 * @param globalData variable name to raw bytes of exactly its size
 * @param mapOwner program whose maps are used in place of new ones; null: own maps
 * @param source path of the object as somebody typed it, for those who ask later; null: as in
 *     {@code bytecode}
 */
public record LoadSpec(
    Bytecode bytecode,
    List<ProgramSpec> programs,
    Map<String, Bytes> globalData,
    Map<String, String> metadata,
    @Nullable ProgramId mapOwner,
    @Nullable String source) {
  public LoadSpec {
    programs = List.copyOf(programs);
    globalData = Map.copyOf(globalData);
    metadata = Map.copyOf(metadata);
  }

  public LoadSpec(
      Bytecode bytecode,
      List<ProgramSpec> programs,
      Map<String, Bytes> globalData,
      Map<String, String> metadata,
      @Nullable ProgramId mapOwner) {
    this(bytecode, programs, globalData, metadata, mapOwner, null);
  }

  /** The same about other programs of the object. */
  public LoadSpec withPrograms(List<ProgramSpec> others) {
    return new LoadSpec(bytecode, others, globalData, metadata, mapOwner, source);
  }

  /** The same with other metadata and another map owner. */
  public LoadSpec with(Map<String, String> otherMetadata, @Nullable ProgramId otherOwner) {
    return new LoadSpec(bytecode, programs, globalData, otherMetadata, otherOwner, source);
  }
}
