package io.bpfman.agent.core;

import io.bpfman.proto.bus.v1.Application;
import java.util.List;

/**
 * A wanted application, concrete for this node.
 *
 * @param source as the operator sent it
 */
public record DesiredApplication(
    Application source, LoadDigest digest, List<DesiredProgram> programs) {
  public DesiredApplication {
    programs = List.copyOf(programs);
  }

  public String key() {
    return source.getKey();
  }

  /** Whether {@code program} was loaded from what is wanted now. */
  boolean accepts(DesiredProgram wanted, ObservedProgram program) {
    return program.name().equals(wanted.name())
        && digest.matches(program.digest())
        && program.part().equals(wanted.part());
  }
}
