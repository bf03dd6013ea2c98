package io.bpfman.loader.adapter.grpc;

import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.loader.core.Diagnostics;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.port.BpfStats;
import io.bpfman.loader.port.KernelFeature;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.CheckResponse;
import io.bpfman.proto.x.v1.CheckedProgram;
import io.bpfman.proto.x.v1.Feature;
import io.bpfman.proto.x.v1.FeatureKind;
import io.bpfman.proto.x.v1.ProbeResponse;
import io.bpfman.proto.x.v1.ProgramStats;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.StatsResponse;
import io.bpfman.proto.x.v1.Support;
import java.time.Duration;

/** Stats, Probe and Check. Blocking. */
final class DiagnosticCalls {
  private final LoaderCore core;

  DiagnosticCalls(LoaderCore core) {
    this.core = core;
  }

  StatsResponse stats(StatsRequest request) {
    ProgramId only =
        request.getProgramId() == 0
            ? null
            : new ProgramId(Integer.toUnsignedLong(request.getProgramId()));
    Duration window = Duration.ofMillis(Integer.toUnsignedLong(request.getWindowMs()));
    Diagnostics.Reading reading =
        core.diagnostics().stats(only, request.getIncludeForeign(), window);
    StatsResponse.Builder response = StatsResponse.newBuilder().setSampledAtNs(reading.at());
    reading.programs().forEach(row -> response.addPrograms(row(row)));
    return response.build();
  }

  private static ProgramStats row(Diagnostics.Row row) {
    BpfStats.Program counters = row.counters();
    return ProgramStats.newBuilder()
        .setProgramId((int) counters.id())
        .setName(row.name())
        .setType(counters.type())
        .setRunCount(counters.runs())
        .setRunTimeNs(counters.nanoseconds())
        .setMemoryBytes(counters.memory())
        .setOurs(row.ours())
        .build();
  }

  ProbeResponse probe() {
    ProbeResponse.Builder response = ProbeResponse.newBuilder();
    core.diagnostics().features().forEach(feature -> response.addFeatures(feature(feature)));
    return response.build();
  }

  private static Feature feature(KernelFeature feature) {
    return Feature.newBuilder()
        .setKind(
            switch (feature.kind()) {
              case PROGRAM -> FeatureKind.FEATURE_KIND_PROGRAM;
              case LINK -> FeatureKind.FEATURE_KIND_LINK;
              case MAP -> FeatureKind.FEATURE_KIND_MAP;
              case OTHER -> FeatureKind.FEATURE_KIND_OTHER;
            })
        .setName(feature.name())
        .setSupport(
            switch (feature.support()) {
              case UNKNOWN -> Support.SUPPORT_UNKNOWN;
              case YES -> Support.SUPPORT_YES;
              case NO -> Support.SUPPORT_NO;
            })
        .setReason(feature.reason())
        .build();
  }

  CheckResponse check(CheckRequest request) {
    CheckResponse.Builder response = CheckResponse.newBuilder();
    core.programs()
        .check(LoadRequests.checkFromProto(request.getLoad()))
        .forEach(program -> response.addPrograms(checked(program)));
    return response.build();
  }

  private static CheckedProgram checked(KernelProgram program) {
    return CheckedProgram.newBuilder()
        .setName(program.name())
        .setType(program.type())
        .setVerifiedInstructions((int) program.verifiedInstructions())
        .setBytesJited((int) program.bytesJited())
        .build();
  }
}
