package io.bpfman.api.v1alpha1;

/** Values of programLinkStatus in state objects. */
public final class ProgramLinkStates {
  /** Not every link is there yet. */
  public static final String PENDING = "Pending";

  /** Every link is there. */
  public static final String SUCCESS = "Success";

  /** A link failed. */
  public static final String ERROR = "Error";

  /** The attach points could not be worked out. */
  public static final String UPDATE_ATTACH_INFO_ERROR = "UpdateAttachInfoError";

  private ProgramLinkStates() {}
}
