package io.bpfman.api.v1alpha1;

/** Values of appLoadStatus in state objects. */
public final class AppLoadStates {
  /** Not loaded yet. */
  public static final String NOT_LOADED = "NotLoaded";

  /** Every program is loaded. */
  public static final String LOAD_SUCCESS = "LoadSuccess";

  /** The last try to load failed. */
  public static final String LOAD_ERROR = "LoadError";

  /** Removed on request. */
  public static final String UNLOAD_SUCCESS = "UnloadSuccess";

  /** The last try to remove it failed. */
  public static final String UNLOAD_ERROR = "UnloadError";

  /** The node selector does not match the node. */
  public static final String NOT_SELECTED = "NotSelected";

  /** Written by older releases only. */
  public static final String PROGRAM_LIST_CHANGED_ERROR = "ProgramListChangedError";

  private AppLoadStates() {}
}
