package io.bpfman.cli.link;

import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.Programs;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.Program;
import java.util.HashMap;
import java.util.Map;

/** Function name, type and application of the daemon's programs, for tables of links. */
public final class ProgramNames {
  private final Map<Integer, Program> programs = new HashMap<>();

  public ProgramNames(LoaderSession session) {
    new Programs(session)
        .list(Map.of(), false)
        .forEach(program -> programs.put(program.getKernelInfo().getId(), program));
  }

  /** Empty when the program is unknown. */
  public String function(int program) {
    return of(program).getInfo().getName();
  }

  /** Empty when the program is unknown, or the server does not tell. */
  public String pin(int program) {
    return of(program).getFacts().getPinPath();
  }

  /** Type of its program; the kind of the link when the server does not tell. */
  String type(Link link) {
    String type = of(link.getProgramId()).getFacts().getType();
    return type.isEmpty() ? new LinkView(link).kind() : type;
  }

  /** Empty when the program has none. */
  String application(int program) {
    return of(program).getInfo().getMetadataOrDefault(MetadataKeys.APPLICATION, "");
  }

  private Program of(int program) {
    return programs.getOrDefault(program, Program.getDefaultInstance());
  }
}
