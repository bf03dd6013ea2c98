package io.bpfman.cli;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.x.v1.ListProgramsRequest;
import io.bpfman.proto.x.v1.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks programs up, with as much as the server can tell: any server of bpfman.v1 will do. */
public final class Programs {
  private final LoaderSession session;

  public Programs(LoaderSession session) {
    this.session = session;
  }

  /**
   * By ascending id.
   *
   * @param metadata every pair must be in the program's metadata
   * @param all also programs that somebody else loaded
   */
  public List<Program> list(Map<String, String> metadata, boolean all) {
    return asked(
            ListProgramsRequest.newBuilder()
                .putAllMatchMetadata(metadata)
                .setIncludeForeign(all)
                .build())
        .orElseGet(() -> listed(metadata, all));
  }

  private List<Program> listed(Map<String, String> metadata, boolean all) {
    ListRequest request =
        ListRequest.newBuilder().setBpfmanProgramsOnly(!all).putAllMatchMetadata(metadata).build();
    return session.call(loader -> loader.list(request)).getResultsList().stream()
        .map(Programs::plain)
        .toList();
  }

  private static Program plain(ListResponse.ListResult listed) {
    Program.Builder program = Program.newBuilder().setKernelInfo(listed.getKernelInfo());
    if (listed.hasInfo()) {
      program.setInfo(listed.getInfo());
    }
    return program.build();
  }

  /** One program with its maps; fails as Get does when there is no such program. */
  public Program get(int id) {
    return detailed(List.of(id)).stream().findFirst().orElseGet(() -> got(id));
  }

  private Program got(int id) {
    GetRequest request = GetRequest.newBuilder().setId(id).build();
    GetResponse found = session.call(loader -> loader.get(request));
    Program.Builder program = Program.newBuilder().setKernelInfo(found.getKernelInfo());
    if (found.hasInfo()) {
      program.setInfo(found.getInfo());
    }
    return program.build();
  }

  /** Programs that were just loaded, with their maps, in the order of the answer. */
  public List<Program> loaded(List<LoadResponseInfo> answered) {
    List<Integer> ids = answered.stream().map(program -> program.getKernelInfo().getId()).toList();
    Map<Integer, Program> byId =
        detailed(ids).stream()
            .collect(
                Collectors.toMap(program -> program.getKernelInfo().getId(), Function.identity()));
    return answered.stream()
        .map(one -> byId.getOrDefault(one.getKernelInfo().getId(), plain(one)))
        .toList();
  }

  private static Program plain(LoadResponseInfo loaded) {
    return Program.newBuilder()
        .setInfo(loaded.getInfo())
        .setKernelInfo(loaded.getKernelInfo())
        .build();
  }

  private List<Program> detailed(List<Integer> ids) {
    return asked(ListProgramsRequest.newBuilder().addAllProgramIds(ids).setWithMaps(true).build())
        .orElse(List.of());
  }

  /** Empty when the server knows only bpfman.v1. */
  private Optional<List<Program>> asked(ListProgramsRequest request) {
    try {
      return Optional.of(session.call(loader -> loader.listPrograms(request)).getProgramsList());
    } catch (BpfmanException failed) {
      if (failed.code() == FailureCode.UNIMPLEMENTED) {
        return Optional.empty();
      }
      throw failed;
    }
  }
}
