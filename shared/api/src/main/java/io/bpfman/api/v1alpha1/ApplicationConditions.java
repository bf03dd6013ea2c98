package io.bpfman.api.v1alpha1;

/**
 * Condition types of an application; the reason equals the type, the status is True, one at a time.
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

  private ApplicationConditions() {}
}
