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
    Instant createdAt) {
  public ProgramRecord {
    globalData = Map.copyOf(globalData);
    metadata = Map.copyOf(metadata);
  }
}
