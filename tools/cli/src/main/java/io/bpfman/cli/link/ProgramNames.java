package io.bpfman.cli.link;

import io.bpfman.cli.LoaderSession;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.ProgramInfo;
import java.util.HashMap;
import java.util.Map;

/** Function name and application of the daemon's programs, for tables of links. */
final class ProgramNames {
  private final Map<Integer, ProgramInfo> programs = new HashMap<>();

  ProgramNames(LoaderSession session) {
    ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
    for (ListResponse.ListResult program :
        session.call(loader -> loader.list(ours)).getResultsList()) {
      programs.put(program.getKernelInfo().getId(), program.getInfo());
    }
  }

  /** Empty when the program is unknown. */
  String function(int program) {
    return of(program).getName();
  }

  /** Empty when the program has none. */
  String application(int program) {
    return of(program).getMetadataOrDefault(MetadataKeys.APPLICATION, "");
  }

  private ProgramInfo of(int program) {
    return programs.getOrDefault(program, ProgramInfo.getDefaultInstance());
  }
}
