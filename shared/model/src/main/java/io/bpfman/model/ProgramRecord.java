package io.bpfman.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon stores of a program that it loaded.
 *
 * @param kernelTag tag at load; a living program of this id with another tag is a stranger (ids
 *     restart at boot)
 * @param mapSet program id whose directory holds the map pins; its own unless a map owner was given
 * @param mapOwner as requested; null when it has its own maps
 * @param source path of the object as somebody typed it; null when only {@code bytecode} is known
 * @param license as the object names it, for example {@code Dual BSD/GPL}; empty when unknown
 */
public record ProgramRecord(
    ProgramId id,
    ProgramSpec spec,
    Bytecode bytecode,
    Map<String, Bytes> globalData,
    Map<String, String> metadata,
    String kernelTag,
    ProgramId mapSet,
    @Nullable ProgramId mapOwner,
    Instant createdAt,
    @Nullable String source,
    String license) {
  public ProgramRecord {
    globalData = Map.copyOf(globalData);
    metadata = Map.copyOf(metadata);
  }

  /** Of an object of which no more is known than where it is. */
  public ProgramRecord(
      ProgramId id,
      ProgramSpec spec,
      Bytecode bytecode,
      Map<String, Bytes> globalData,
      Map<String, String> metadata,
      String kernelTag,
      ProgramId mapSet,
      @Nullable ProgramId mapOwner,
      Instant createdAt) {
    this(
        id, spec, bytecode, globalData, metadata, kernelTag, mapSet, mapOwner, createdAt, null, "");
  }

  /** Path of the object as it was typed, or as it was looked up; null when it came in an image. */
  public @Nullable String sourcePath() {
    return source == null && bytecode instanceof Bytecode.File(String path) ? path : source;
  }
}
