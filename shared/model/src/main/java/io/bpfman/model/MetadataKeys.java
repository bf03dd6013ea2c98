package io.bpfman.model;

/** Metadata keys with a meaning for bpfman's own components. */
public final class MetadataKeys {
  /** Application that a program belongs to; {@code Kind/name} when the agent loaded it. */
  public static final String APPLICATION = "bpfman.io/application";

  /** Stable identity of a program or link, chosen by whoever asked for it. */
  public static final String UUID = "bpfman.io/uuid";

  /** Name that the CSI driver looks programs up by. */
  public static final String PROGRAM_NAME = "bpfman.io/ProgramName";

  /** Digest over what a program was loaded from; another digest asks for a replacement. */
  public static final String LOAD_DIGEST = "bpfman.io/load-digest";

  private static final String ACTUAL_TYPE = "bpfman.io/actual-type:";

  private MetadataKeys() {}

  /**
   * Tells bpfman's Go daemon the type of one program of a request, for its wire has no numbers for
   * return probes; the value is the command line's word, such as {@code kretprobe}.
   */
  public static String actualType(String program) {
    return ACTUAL_TYPE + program;
  }
}
