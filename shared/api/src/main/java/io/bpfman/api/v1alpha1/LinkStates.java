package io.bpfman.api.v1alpha1;

/** Values of linkStatus in state objects. */
public final class LinkStates {
  /** Wanted and there. */
  public static final String ATTACHED = "Attached";

  /** Wanted and not there yet. */
  public static final String NOT_ATTACHED = "NotAttached";

  /** Wanted, and the last try failed. */
  public static final String ATTACH_ERROR = "AttachError";

  /** Not wanted, and the last try to remove it failed. */
  public static final String DETACH_ERROR = "DetachError";

  private LinkStates() {}
}
