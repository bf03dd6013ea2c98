package io.bpfman.agent.core;

import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an application concrete for the node. */
public final class Desires {
  private final List<NodeInterface> interfaces;

  public Desires(List<NodeInterface> interfaces) {
    this.interfaces = List.copyOf(interfaces);
  }

  /**
   * @param content digest of the object file; empty when it is not readable
   */
  public DesiredApplication of(Application application, String content) {
    Map<String, DesiredProgram> programs = new LinkedHashMap<>();
    for (Program program : application.getProgramsList()) {
      programs.putIfAbsent(program.getName(), program(application, program));
    }
    return new DesiredApplication(
        application, Identity.digest(application, content), List.copyOf(programs.values()));
  }

  private DesiredProgram program(Application application, Program program) {
    Optional<ProgramType> type = ProgramType.ofResourceName(program.getType());
    if (type.isEmpty()) {
      return new DesiredProgram(
          program, null, Identity.part(program), List.of(), unknownType(program));
    }
    Expansion.Result expanded =
        new Expansion(interfaces).expand(type.get(), program.getLinksList());
    Map<String, DesiredLink> links = new LinkedHashMap<>();
    expanded
        .specs()
        .forEach(
            spec -> {
              String uuid = Identity.link(application.getKey(), program.getName(), spec);
              links.putIfAbsent(uuid, new DesiredLink(uuid, spec));
            });
    return new DesiredProgram(
        program,
        type.get(),
        Identity.part(program),
        new ArrayList<>(links.values()),
        expanded.failure());
  }

  private static Failure unknownType(Program program) {
    return new Failure(
        FailureCode.INVALID_REQUEST,
        "program \"%s\" has type \"%s\", which this agent does not know"
            .formatted(program.getName(), program.getType()),
        "bring agent and operator to the same version",
        "");
  }
}
