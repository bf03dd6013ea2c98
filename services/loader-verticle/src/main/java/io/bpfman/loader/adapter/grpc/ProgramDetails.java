package io.bpfman.loader.adapter.grpc;

import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.core.ProgramFiles;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.model.KernelMap;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramRecord;
import io.bpfman.proto.x.v1.ListProgramsRequest;
import io.bpfman.proto.x.v1.ListProgramsResponse;
import io.bpfman.proto.x.v1.Program;
import io.bpfman.proto.x.v1.ProgramFacts;
import io.bpfman.proto.x.v1.ProgramMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Answers what bpfman.v1 cannot say of programs. */
final class ProgramDetails {
  private final LoaderCore core;

  ProgramDetails(LoaderCore core) {
    this.core = core;
  }

  ListProgramsResponse list(ListProgramsRequest request) {
    Map<Long, Program> found = new TreeMap<>();
    boolean oursOnly =
        !request.getIncludeForeign()
            || request.getMatchMetadataCount() > 0
            || request.getProgramIdsCount() > 0;
    if (!oursOnly) {
      List<KernelProgram> living = core.inventory().kernelPrograms();
      living.forEach(kernel -> found.put(kernel.id().value(), foreign(kernel).build()));
      putAll(found, core.inventory().programs(Map.of(), living), request);
    } else {
      putAll(found, ours(request), request);
    }
    return ListProgramsResponse.newBuilder().addAllPrograms(found.values()).build();
  }

  private List<ProgramView> ours(ListProgramsRequest request) {
    Set<Integer> ids = new HashSet<>(request.getProgramIdsList());
    return core.inventory().programs(request.getMatchMetadataMap()).stream()
        .filter(view -> ids.isEmpty() || ids.contains((int) view.record().id().value()))
        .toList();
  }

  private void putAll(
      Map<Long, Program> found, List<ProgramView> views, ListProgramsRequest request) {
    for (ProgramView view : views) {
      Program.Builder program =
          foreign(view.kernel()).setInfo(ProgramMessages.info(view)).setFacts(facts(view.record()));
      if (request.getWithMaps()) {
        core.files().maps(view).forEach(map -> program.addMaps(map(map)));
      }
      found.put(view.record().id().value(), program.build());
    }
  }

  /** What the kernel says of any program. */
  private static Program.Builder foreign(KernelProgram kernel) {
    return Program.newBuilder()
        .setKernelInfo(ProgramMessages.kernel(kernel))
        .setUid((int) kernel.uid())
        .setRunTimeNs(kernel.runs().nanoseconds())
        .setRunCount(kernel.runs().count())
        .setRecursionMisses(kernel.runs().misses());
  }

  private ProgramFacts facts(ProgramRecord record) {
    return ProgramFacts.newBuilder()
        .setType(record.spec().type().cliName())
        .setAttachFunc(Objects.requireNonNullElse(record.spec().loadTarget(), ""))
        .setLicense(record.license())
        .setSourcePath(Objects.requireNonNullElse(record.sourcePath(), ""))
        .setObjectPath(core.files().object(record.id()).toString())
        .setPinPath(core.files().pin(record.id()).toString())
        .setCreatedAt(ProgramMessages.timestamp(record.createdAt()))
        .build();
  }

  private static ProgramMap map(ProgramFiles.PinnedMap pinned) {
    KernelMap map = pinned.map();
    return ProgramMap.newBuilder()
        .setId((int) map.id())
        .setName(map.name())
        .setType(map.type())
        .setKeySize(map.keySize())
        .setValueSize(map.valueSize())
        .setMaxEntries(map.maxEntries())
        .setFlags(map.flags())
        .setBtfId((int) map.btfId())
        .setMapExtra(map.extra())
        .setBytesMemlock(map.bytesMemlock())
        .setFrozen(map.frozen())
        .setPinPath(pinned.pin())
        .setPinPresent(pinned.pinned())
        .build();
  }
}
