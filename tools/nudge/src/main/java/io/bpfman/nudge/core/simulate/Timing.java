package io.bpfman.nudge.core.simulate;

import java.util.Map;

/**
 * How long things take, in seconds.
 *
 * @param builds by component
 * @param build for components that {@code builds} does not name
 * @param merge from the end of a build until its nudge is merged
 * @param batch how long a coordinator waits for further nudges; 0 for none: each is merged alone
 */
public record Timing(Map<String, Long> builds, long build, long merge, long batch) {
  /** Of one build of a component. */
  public long of(String component) {
    return builds.getOrDefault(component, build);
  }

  /** The same with another wait. */
  public Timing withBatch(long seconds) {
    return new Timing(builds, build, merge, seconds);
  }
}
