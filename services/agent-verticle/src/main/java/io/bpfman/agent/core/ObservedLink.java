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
 */
public record ObservedLink(
    long id, String uuid, @Nullable AttachSpec spec, Health health, String reason) {
  /** What the loader says of it. */
  public enum Health {
    ATTACHED,
    /** It runs, on something that its attach point no longer names. */
    OUTDATED,
    LOST
  }

  boolean healthy() {
    return health == Health.ATTACHED;
  }

  String point() {
    return spec == null ? "an unknown attach point" : spec.attachPoint();
  }
}
