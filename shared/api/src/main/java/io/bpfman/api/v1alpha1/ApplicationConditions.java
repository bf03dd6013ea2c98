package io.bpfman.api.v1alpha1;

/**
 * Condition types of an application; the status is True, one at a time. The reason equals the type,
 * but for NoMatch.
 */
public final class ApplicationConditions {
  /** A node has not finished. */
  public static final String PENDING = "Pending";

  /** Every selected node is done. */
  public static final String SUCCESS = "Success";

  /** A node failed. */
  public static final String ERROR = "Error";

  /** Deletion waits for a node. */
  public static final String DELETE_ERROR = "DeleteError";

  /** Reason of success when no node has anything that the links select. */
  public static final String NO_MATCH = StateConditions.NO_MATCH;

  private ApplicationConditions() {}
}
