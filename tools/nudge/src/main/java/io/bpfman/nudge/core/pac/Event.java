package io.bpfman.nudge.core.pac;

import java.util.Set;

/**
 * What Pipelines-as-Code is told.
 *
 * @param type {@code push} or {@code pull_request}
 * @param branch target branch, without refs/heads/
 * @param files paths that changed
 */
public record Event(String type, String branch, Set<String> files) {
  /** A push. */
  public static Event push(String branch, Set<String> files) {
    return new Event("push", branch, Set.copyOf(files));
  }
}
