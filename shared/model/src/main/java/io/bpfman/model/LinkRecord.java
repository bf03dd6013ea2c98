package io.bpfman.model;

import java.time.Instant;
import java.util.Map;

/**
 * What the daemon stores of a link.
 *
 * @param kernelLinkId kernel link id; 0 while it is being attached, and for hooks without links
 *     (TC)
 */
public record LinkRecord(
    LinkId id,
    ProgramId program,
    AttachSpec spec,
    Map<String, String> metadata,
    long kernelLinkId,
    Stage stage,
    Instant createdAt) {

  /** How far the attach got; written before and after the kernel is touched. */
  public enum Stage {
    /** Recorded, the kernel may or may not have been touched: undone at start. */
    ATTACHING,
    /** Attached and answered. */
    ATTACHED,
    /** To be removed: finished at start. */
    DETACHING
  }

  public LinkRecord {
    metadata = Map.copyOf(metadata);
  }

  public LinkRecord attached(long newKernelLinkId) {
    return new LinkRecord(id, program, spec, metadata, newKernelLinkId, Stage.ATTACHED, createdAt);
  }

  public LinkRecord detaching() {
    return new LinkRecord(id, program, spec, metadata, kernelLinkId, Stage.DETACHING, createdAt);
  }
}
