package io.bpfman.agent.core;

import io.bpfman.model.AttachSpec;
import org.jspecify.annotations.Nullable;

/**
 * A link that the loader has.
 *
 * @param uuid from its metadata; empty when it has none
 * @param spec null when the loader does not tell
 * @param health whether it is where it should be
 * @param reason why it is not
 * @param moved null unless it is where its attach point no longer leads
 */
public record ObservedLink(
    long id,
    String uuid,
    @Nullable AttachSpec spec,
    Health health,
    String reason,
    @Nullable Moved moved) {
  /** What the loader says of it. */
  public enum Health {
    ATTACHED,
    /** It runs, on something that its attach point no longer names. */
    ELSEWHERE,
    LOST
  }

  /**
   * Where a link is whose attach point leads elsewhere now, or nowhere.
   *
   * @param spec null when it has no name here
   */
  public record Moved(@Nullable AttachSpec spec) {}

  /** Attached as asked. */
  public static ObservedLink attached(long id, String uuid, @Nullable AttachSpec spec) {
    return new ObservedLink(id, uuid, spec, Health.ATTACHED, "", null);
  }

  boolean healthy() {
    return health == Health.ATTACHED;
  }

  boolean runsElsewhere() {
    return health == Health.ELSEWHERE;
  }

  String point() {
    return spec == null ? "an unknown attach point" : spec.attachPoint();
  }
}
