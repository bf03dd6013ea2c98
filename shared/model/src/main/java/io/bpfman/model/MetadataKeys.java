package io.bpfman.model;

/** Metadata keys with a meaning for bpfman's own components. */
public final class MetadataKeys {
  /**
   * Application that a program belongs to; {@link ApplicationKey#text()} when the agent loaded it.
   */
  public static final String APPLICATION = "bpfman.io/application";

  /** Stable identity of a program or link, chosen by whoever asked for it. */
  public static final String UUID = "bpfman.io/uuid";

  /** Name that the CSI driver looks programs up by. */
  public static final String PROGRAM_NAME = "bpfman.io/ProgramName";

  /** Digest over what a program was loaded from; another digest asks for a replacement. */
  public static final String LOAD_DIGEST = "bpfman.io/load-digest";

  /**
   * Followed by a program's name in a load request: the type that its caller means, where the
   * numbers of the wire do not tell return probes from entry probes. Not kept as metadata.
   */
  public static final String ACTUAL_TYPE = "bpfman.io/actual-type:";

  /** In a load request: path of the object as somebody typed it. Not kept as metadata. */
  public static final String SOURCE_PATH = "bpfman.io/source-path";

  /** Says how much an earlier version has stored beyond today's limit, which is not shown. */
  public static final String LEFT_OUT = "bpfman.io/left-out";

  private MetadataKeys() {}
}
