package io.bpfman.nudge.core.graph;

import io.bpfman.nudge.core.pac.Event;
import io.bpfman.nudge.core.pac.Glob;
import io.bpfman.nudge.core.pac.Trigger;
import java.util.Set;

/** Whether a push to a branch can start a PipelineRun at all. */
record PushTest(String branch) {
  /**
   * Tried without a path that any glob knows, and with an example of each glob that is asked for.
   */
  boolean canFire(Trigger trigger) {
    Set<String> globs = trigger.globs();
    return trigger.fires(Event.push(branch, Set.of("any")))
        || globs.stream().anyMatch(glob -> fires(trigger, Glob.of(glob).example()));
  }

  private boolean fires(Trigger trigger, String path) {
    return trigger.fires(Event.push(branch, Set.of(path)));
  }
}
