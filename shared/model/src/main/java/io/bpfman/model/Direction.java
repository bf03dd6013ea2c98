package io.bpfman.model;

import java.util.Locale;
import java.util.Optional;

/** Direction of traffic at a TC or TCX hook. */
public enum Direction {
  INGRESS,
  EGRESS;

  /** Spelling on the wire: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Direction> ofName(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "ingress" -> Optional.of(INGRESS);
      case "egress" -> Optional.of(EGRESS);
      default -> Optional.empty();
    };
  }
}
