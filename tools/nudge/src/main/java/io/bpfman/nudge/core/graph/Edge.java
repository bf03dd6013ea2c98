package io.bpfman.nudge.core.graph;

import java.util.Set;

/**
 * A build of one component leads to a build of another.
 *
 * @param files what the nudge rewrites and the other's trigger looks at
 */
public record Edge(String from, String to, Set<String> files) {
  @Override
  public String toString() {
    return "%s -(%s)-> %s".formatted(from, String.join(", ", files), to);
  }
}
