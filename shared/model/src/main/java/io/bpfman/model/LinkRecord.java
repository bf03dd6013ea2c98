package io.bpfman.model;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon stores of a link.
 *
 * @param kernelLinkId kernel link id; 0 while it is being attached, and for a TC program that no
 *     dispatcher runs. Changes when a chain is made anew.
 * @param placement null for attach points that are no network hook
 * @param probed null until it is attached, and for attach points that are no file
 */
public record LinkRecord(
    LinkId id,
    ProgramId program,
    AttachSpec spec,
    Map<String, String> metadata,
    long kernelLinkId,
    Stage stage,
    Instant createdAt,
    @Nullable Placement placement,
    @Nullable ProbedTarget probed) {

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

  /** One that probes no file. */
  public LinkRecord(
      LinkId id,
      ProgramId program,
      AttachSpec spec,
      Map<String, String> metadata,
      long kernelLinkId,
      Stage stage,
      Instant createdAt,
      @Nullable Placement placement) {
    this(id, program, spec, metadata, kernelLinkId, stage, createdAt, placement, null);
  }

  /** Attached where there is no network hook. */
  public LinkRecord attached(long newKernelLinkId) {
    return attached(newKernelLinkId, null);
  }

  public LinkRecord attached(long newKernelLinkId, @Nullable Placement where) {
    return new LinkRecord(
        id, program, spec, metadata, newKernelLinkId, Stage.ATTACHED, createdAt, where, probed);
  }

  /** The same, which was attached to this. */
  public LinkRecord probing(@Nullable ProbedTarget target) {
    return new LinkRecord(
        id, program, spec, metadata, kernelLinkId, stage, createdAt, placement, target);
  }

  /** The same with {@code notes} in its metadata. */
  public LinkRecord noting(Map<String, String> notes) {
    if (notes.isEmpty()) {
      return this;
    }
    Map<String, String> all = new HashMap<>(metadata);
    all.putAll(notes);
    return new LinkRecord(
        id, program, spec, all, kernelLinkId, stage, createdAt, placement, probed);
  }

  /** As it is before its program runs at {@code hook}; null: no network hook. */
  public LinkRecord idle(@Nullable HookId hook) {
    Placement place = hook == null ? null : Placement.idle(hook);
    return new LinkRecord(id, program, spec, metadata, 0, stage, createdAt, place, probed);
  }

  /** As if nobody knew where its names lead. */
  public LinkRecord unplaced() {
    return idle(null);
  }

  /** Of another program, on whose behalf it is attached nowhere yet. */
  public LinkRecord movedTo(ProgramId other) {
    return new LinkRecord(
            id, other, spec, metadata, kernelLinkId, stage, createdAt, placement, probed)
        .idle(hook().orElse(null));
  }

  /** Empty for attach points that are no network hook. */
  public Optional<HookPoint> hookPoint() {
    return placement == null ? Optional.empty() : HookPoint.of(spec, placement.hook());
  }

  /** Whether a dispatcher runs it. */
  public boolean inChain() {
    return placement != null && placement.inChain();
  }

  /** Whether it itself holds its network hook. */
  public boolean isDirect() {
    return stage != Stage.ATTACHING && placement != null && placement.isDirect();
  }

  /** The network hook that it was put on; empty for attach points that are none. */
  public Optional<HookId> hook() {
    return Optional.ofNullable(placement).map(Placement::hook);
  }

  /** Slot of the dispatcher that runs it, from 0; {@link Placement#DIRECT} without one. */
  public int slot() {
    return placement == null ? Placement.DIRECT : placement.slot();
  }

  /** Kernel id of what runs at the attach point: the program, or its copy in a dispatcher. */
  public long runningProgram() {
    return placement == null ? program.value() : placement.program();
  }

  public LinkRecord detaching() {
    return new LinkRecord(
        id, program, spec, metadata, kernelLinkId, Stage.DETACHING, createdAt, placement, probed);
  }
}
