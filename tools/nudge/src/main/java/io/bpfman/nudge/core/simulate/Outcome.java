package io.bpfman.nudge.core.simulate;

import java.util.List;

/**
 * What a simulation came to.
 *
 * @param builds in the order of their end
 * @param merges number of nudges that were merged
 * @param consistentAfter seconds from the last change until the last build was done; -1 when builds
 *     did not end
 */
public record Outcome(List<Build> builds, int merges, long consistentAfter) {
  /** Builds of one component. */
  public long count(String component) {
    return builds.stream().filter(build -> build.component().equals(component)).count();
  }

  /** Builds that pack images which do not belong together. */
  public long mixed() {
    return builds.stream().filter(Build::mixed).count();
  }

  /** Components that were built, by name. */
  public List<String> components() {
    return builds.stream().map(Build::component).distinct().sorted().toList();
  }
}
