package io.bpfman.agent.core;

import io.bpfman.model.Failure;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.bus.v1.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wanted program.
 *
 * @param source as the operator sent it
 * @param type null when this agent does not know it
 * @param part digest of type and load target
 * @param links those that could be worked out
 * @param failure why some could not; links that exist are then left alone
 */
public record DesiredProgram(
    Program source,
    @Nullable ProgramType type,
    String part,
    List<DesiredLink> links,
    @Nullable Failure failure) {
  public DesiredProgram {
    links = List.copyOf(links);
  }

  public String name() {
    return source.getName();
  }

  boolean wants(ObservedLink link) {
    return links.stream().anyMatch(wanted -> wanted.uuid().equals(link.uuid()));
  }
}
