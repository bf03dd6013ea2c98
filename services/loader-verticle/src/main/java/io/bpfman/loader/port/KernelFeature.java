package io.bpfman.loader.port;

/**
 * One thing that a kernel may support.
 *
 * @param reason how that is known, one sentence
 */
public record KernelFeature(Kind kind, String name, Support support, String reason) {
  /** What it is; in the order in which features are listed. */
  public enum Kind {
    PROGRAM,
    LINK,
    MAP,
    OTHER
  }

  /** Unknown when it could not be found out. */
  public enum Support {
    UNKNOWN,
    YES,
    NO
  }
}
