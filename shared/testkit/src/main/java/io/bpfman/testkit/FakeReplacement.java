package io.bpfman.testkit;

import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.LoadResponseInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.ReplaceResponse;
import io.bpfman.proto.x.v1.ReplacedProgram;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replace with the daemon's rules, over programs in memory; not safe for use by several threads.
 */
final class FakeReplacement {
  private final FakePrograms state;

  FakeReplacement(FakePrograms state) {
    this.state = state;
  }

  ReplaceResponse replace(ReplaceRequest request) {
    Map<String, Integer> old = byName(named(request));
    LoadResponse loaded = state.load(withMetadata(request.getLoad(), old.values()));
    ReplaceResponse.Builder response =
        ReplaceResponse.newBuilder().addAllLoaded(loaded.getProgramsList());
    for (LoadResponseInfo program : loaded.getProgramsList()) {
      Integer before = old.remove(program.getInfo().getName());
      response.addPrograms(moved(program, before == null ? 0 : before));
    }
    old.forEach(
        (name, id) -> {
          state.unload(id);
          response.addPrograms(ReplacedProgram.newBuilder().setName(name).setOldId(id));
        });
    return response.build();
  }

  private List<Integer> named(ReplaceRequest request) {
    if (!request.hasLoad()
        || (request.getProgramIdsCount() == 0) == (request.getMatchMetadataCount() == 0)) {
      throw FailureCode.INVALID_REQUEST.because(
          "give a load, and either ids or metadata of the programs to replace");
    }
    List<Integer> ids =
        request.getProgramIdsCount() > 0
            ? request.getProgramIdsList()
            : state.programs.values().stream()
                .filter(
                    program ->
                        program
                            .getInfo()
                            .getMetadataMap()
                            .entrySet()
                            .containsAll(request.getMatchMetadataMap().entrySet()))
                .map(program -> program.getKernelInfo().getId())
                .toList();
    if (ids.isEmpty() || !state.programs.keySet().containsAll(ids)) {
      throw FailureCode.PROGRAM_NOT_FOUND.because(
          "there are no such programs: %s".formatted(request));
    }
    return ids;
  }

  private Map<String, Integer> byName(List<Integer> ids) {
    Map<String, Integer> names = new LinkedHashMap<>();
    state.programs.forEach(
        (id, program) -> {
          if (ids.contains(id) && names.put(program.getInfo().getName(), id) != null) {
            throw FailureCode.INVALID_REQUEST.because("two programs are of the same function");
          }
        });
    return names;
  }

  /** Without metadata the pairs that all old programs have stay. */
  private LoadRequest withMetadata(LoadRequest load, Collection<Integer> old) {
    if (load.getMetadataCount() > 0) {
      return load;
    }
    List<Map<String, String>> all =
        state.programs.entrySet().stream()
            .filter(entry -> old.contains(entry.getKey()))
            .map(entry -> entry.getValue().getInfo().getMetadataMap())
            .toList();
    Map<String, String> common = new HashMap<>(all.getFirst());
    all.forEach(metadata -> common.entrySet().retainAll(metadata.entrySet()));
    return load.toBuilder().putAllMetadata(common).build();
  }

  private ReplacedProgram moved(LoadResponseInfo program, int before) {
    int now = program.getKernelInfo().getId();
    ReplacedProgram.Builder change =
        ReplacedProgram.newBuilder()
            .setName(program.getInfo().getName())
            .setOldId(before)
            .setNewId(now);
    for (Link link : state.links(before == 0 ? -1 : before, Map.of())) {
      state.links.put(link.getId(), link.toBuilder().setProgramId(now).build());
      if (link.getHealth() == LinkHealth.LINK_HEALTH_ATTACHED) {
        change.addLinkIds(link.getId());
      } else {
        change.addLostLinkIds(link.getId());
      }
    }
    state.programs.remove(before);
    return change.build();
  }
}
