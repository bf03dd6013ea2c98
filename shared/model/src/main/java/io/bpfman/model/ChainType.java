package io.bpfman.model;

import java.util.Arrays;
import java.util.Optional;

/** Hooks on which one program sits, so that several need a dispatcher. */
public enum ChainType {
  XDP("xdp"),
  TC_INGRESS("tc-ingress"),
  TC_EGRESS("tc-egress");

  private final String wireName;

  ChainType(String wireName) {
    this.wireName = wireName;
  }

  /** Spelling on the wire, on the command line and in the pin tree. */
  public String wireName() {
    return wireName;
  }

  /** Empty for hooks that take several programs themselves, and for those that are no hook. */
  public static Optional<ChainType> of(AttachSpec spec) {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> Optional.of(XDP);
      case AttachSpec.Tc tc ->
          Optional.of(tc.direction() == Direction.INGRESS ? TC_INGRESS : TC_EGRESS);
      default -> Optional.empty();
    };
  }

  public static Optional<ChainType> ofName(String name) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
  }
}
