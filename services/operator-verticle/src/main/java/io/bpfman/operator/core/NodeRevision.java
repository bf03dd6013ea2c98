package io.bpfman.operator.core;

import io.bpfman.model.Bytes;

/**
 * Number of what a node must hold within one epoch. Nothing of it is taken from what the node says:
 * a state of a larger epoch wins over whatever it holds.
 *
 * @param revision of the wanted state; 0 before the first
 * @param digest of the wanted state
 */
public record NodeRevision(long revision, Bytes digest) {
  private static final NodeRevision NONE = new NodeRevision(0, Bytes.of());

  public static NodeRevision none() {
    return NONE;
  }

  /** That of {@code wanted}: the same for what was wanted last, else the next number. */
  public NodeRevision advance(Bytes wanted) {
    return revision > 0 && digest.equals(wanted) ? this : new NodeRevision(revision + 1, wanted);
  }
}
