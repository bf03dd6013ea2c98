package io.bpfman.api.v1alpha1;

/**
 * Condition types of a state object; the status is True, one at a time. The reason equals the type,
 * but for NoMatch.
 */
public final class StateConditions {
  /** Not finished. */
  public static final String PENDING = "Pending";

  /** Done, or the node is not selected. */
  public static final String SUCCESS = "Success";

  /** Something failed; the message has the cause. */
  public static final String ERROR = "Error";

  /** Removed while the application is being deleted. */
  public static final String UNLOADED = "Unloaded";

  /** Could not be removed while the application is being deleted. */
  public static final String UNLOAD_ERROR = "UnloadError";

  /** Reason of success when links of a program select nothing on the node. */
  public static final String NO_MATCH = "NoMatch";

  private StateConditions() {}
}
