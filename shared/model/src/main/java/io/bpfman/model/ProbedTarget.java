package io.bpfman.model;

/**
 * What a user-space probe was attached to: names and process ids come to mean other things.
 *
 * @param path of the target inside its root directory, links not followed
 * @param file the same as the daemon reached it, links followed
 * @param pidStarted when the process of {@link AttachSpec.Uprobe#pid} started, in the kernel's
 *     clock ticks since boot; 0 when none was given
 * @param containerStarted the same of {@link AttachSpec.Uprobe#containerPid}
 */
public record ProbedTarget(
    String path, String file, FileIdentity identity, long pidStarted, long containerStarted) {
  /** Whether process ids mean the same processes. */
  public boolean isOfSameProcesses(ProbedTarget other) {
    return pidStarted == other.pidStarted && containerStarted == other.containerStarted;
  }
}
