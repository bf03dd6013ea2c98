package io.bpfman.agent.core;

import io.bpfman.model.AttachSpec;
import org.jspecify.annotations.Nullable;

/**
 * A link that the loader has.
 *
 * @param uuid from its metadata; empty when it has none
 * @param spec null when the loader does not tell
 * @param reason why it is not healthy
 */
public record ObservedLink(
    long id, String uuid, @Nullable AttachSpec spec, boolean healthy, String reason) {
  String point() {
    return spec == null ? "an unknown attach point" : spec.attachPoint();
  }
}
