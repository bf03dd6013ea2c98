package io.bpfman.operator.core;

import io.bpfman.model.Bytes;

/**
 * Number of what a node must hold, without anything stored: what the agents report is the memory.
 *
 * @param revision of the wanted state; 0 before the first
 * @param digest of the wanted state
 * @param highest largest revision that was ever given out or reported for the node
 */
public record NodeRevision(long revision, Bytes digest, long highest) {
  private static final NodeRevision NONE = new NodeRevision(0, Bytes.of(), 0);

  public static NodeRevision none() {
    return NONE;
  }

  /**
   * The revision of {@code wanted}: that of the agent when it holds the same content, the one given
   * out before when it is for the same content and not behind the agent, else one more than every
   * number seen.
   *
   * @param reported revision that the agent holds; 0: none
   */
  public NodeRevision advance(Bytes wanted, long reported, Bytes reportedDigest) {
    long top = Math.max(highest, reported);
    if (reported > 0 && reportedDigest.equals(wanted)) {
      return new NodeRevision(reported, wanted, top);
    }
    if (revision > reported && digest.equals(wanted)) {
      return new NodeRevision(revision, wanted, top);
    }
    return new NodeRevision(top + 1, wanted, top + 1);
  }
}
