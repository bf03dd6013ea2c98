package io.bpfman.runtime.pki;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a certificate is to the others. */
public enum Role {
  /** Speaks for one node, through the edge; trusted with nothing else. */
  NODE,
  /** A node whose process is a member of the cluster: trusted as an operator is. */
  MEMBER,
  /** An operator, towards the other members. */
  OPERATOR,
  /** An operator, towards nodes: server of the edge and of the enrolment. */
  EDGE;

  /** DNS name that every member's certificate has, and no other. */
  public static final String MEMBER_NAME = "member.bpfman";

  /** DNS name that every certificate of an edge has, and no other. */
  public static final String EDGE_NAME = "edge.bpfman";

  /** DNS names that mark the role in a certificate; none for a node. */
  public List<String> names() {
    return switch (this) {
      case NODE -> List.of();
      case MEMBER, OPERATOR -> List.of(MEMBER_NAME);
      case EDGE -> List.of(EDGE_NAME);
    };
  }

  /**
   * Host of the certificate's URI: {@code node}, {@code member}, {@code operator} or {@code edge}.
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reverse of {@link #word}. */
  public static Optional<Role> ofWord(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
