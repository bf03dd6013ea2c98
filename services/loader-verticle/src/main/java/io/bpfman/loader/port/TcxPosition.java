package io.bpfman.loader.port;

/** Place of a new TCX program relative to a link that is already on the hook, by kernel link id. */
public sealed interface TcxPosition {
  /** Directly before {@code kernelLinkId}. */
  record Before(long kernelLinkId) implements TcxPosition {}

  /** Directly after {@code kernelLinkId}. */
  record After(long kernelLinkId) implements TcxPosition {}

  /** Behind everything on the hook. */
  record Last() implements TcxPosition {}
}
